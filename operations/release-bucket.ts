import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { AwsEnvironment } from "../environments/environment";
import { endpointIsAddress } from "./account-buckets";
import { OperationError } from "./operation-error";
import { keptReleases, type ReleaseStore, type Release, type StackFiles } from "./release";
import { s3Client } from "./s3-client";

/** What S3 answers to a write of what must not exist: it is there, or is just being written. */
const refusals = [412, 409];

/** Keeps the releases of an environment beside its states: under their bucket's versions, encryption and closed doors. */
export class ReleaseBucket implements ReleaseStore {
  private readonly client: S3Client;
  private readonly prefix: string;

  /** @param bucket the one of the environment's states */
  constructor(
    private readonly environment: Pick<AwsEnvironment, "name" | "accountId" | "region">,
    private readonly bucket: string,
  ) {
    this.prefix = `${environment.name}/releases/`;
    this.client = s3Client({ region: environment.region, forcePathStyle: endpointIsAddress() });
  }

  get place(): string {
    return `s3://${this.bucket}/${this.prefix}`;
  }

  async list(): Promise<readonly Release[]> {
    const keys = await this.keys();
    const ids = idsIn(keys).filter((id) => keys.includes(this.record(id)));
    return Promise.all(ids.map(async (id) => JSON.parse(await this.read(this.record(id))) as Release));
  }

  async keep(release: Omit<Release, "id">, files: StackFiles): Promise<Release> {
    const before = idsIn(await this.keys());
    const id = await this.claim((before.at(-1) ?? 0) + 1, JSON.stringify(files));
    const kept = { id, ...release };
    await this.write(this.record(id), JSON.stringify(kept, undefined, 2)); // last: without it there is no release
    for (const old of [...before, id].slice(0, -keptReleases)) {
      for (const key of [this.record(old), this.stack(old)])
        await this.asked(() => this.client.send(new DeleteObjectCommand(this.object(key))));
    }
    return kept;
  }

  async files(id: number): Promise<StackFiles> {
    return JSON.parse(await this.read(this.stack(id))) as StackFiles;
  }

  close(): void {
    this.client.destroy();
  }

  /** Writes the files under the first number that nobody has. */
  private async claim(first: number, text: string): Promise<number> {
    for (let id = first; ; id++) if (await this.write(this.stack(id), text, "*")) return id;
  }

  /** Without a key of its own in the request: the bucket's policy knows only that of the bucket. @returns whether it was let */
  private async write(key: string, text: string, IfNoneMatch?: "*"): Promise<boolean> {
    const condition = IfNoneMatch ? { IfNoneMatch } : {};
    try {
      await this.client.send(new PutObjectCommand({ ...this.object(key), ContentType: "application/json", Body: text, ...condition }));
      return true;
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (IfNoneMatch && refusals.includes(status ?? 0)) return false;
      throw this.refused(error);
    }
  }

  private async read(key: string): Promise<string> {
    const { Body } = await this.asked(() => this.client.send(new GetObjectCommand(this.object(key))), key);
    return (await Body?.transformToString()) ?? "";
  }

  private async keys(): Promise<readonly string[]> {
    const place = { Bucket: this.bucket, ExpectedBucketOwner: this.environment.accountId, Prefix: this.prefix };
    const { Contents = [] } = await this.asked(() => this.client.send(new ListObjectsV2Command(place))); // far less than a page
    return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
  }

  private async asked<Result>(request: () => Promise<Result>, key?: string): Promise<Result> {
    try {
      return await request();
    } catch (error) {
      throw this.refused(error, key);
    }
  }

  private refused(error: unknown, key = this.prefix): OperationError {
    const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return new OperationError(
      `The releases in s3://${this.bucket}/${key} could not be reached: ${words}. ` +
        `Is ${this.environment.name} bootstrapped, and are these credentials of account ${this.environment.accountId}?`,
    );
  }

  private object(key: string) {
    return { Bucket: this.bucket, Key: key, ExpectedBucketOwner: this.environment.accountId };
  }

  private record(id: number): string {
    return `${this.prefix}${id}/release.json`;
  }

  private stack(id: number): string {
    return `${this.prefix}${id}/stack.json`;
  }
}

/** The numbers in keys `<prefix><id>/<file>`, each once, the lowest first. */
function idsIn(keys: readonly string[]): readonly number[] {
  const ids = keys.map((key) => Number(key.split("/").at(-2)));
  return [...new Set(ids.filter((id) => Number.isInteger(id) && id > 0))].sort((one, other) => one - other);
}
