import {
  CopyObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { StackState } from "../../../operations/stacks";

/** The state of a stack in its bucket, as an operator handles it by hand. */
export class StateObject {
  private readonly place: { readonly Bucket: string; readonly Key: string };

  constructor(
    private readonly s3: S3Client,
    state: StackState,
  ) {
    if (state.in !== "bucket") throw new Error(`the state is in ${state.path}, not in a bucket`);
    this.place = { Bucket: state.bucket, Key: state.key };
  }

  /** Its key, and its lock's, as far as they exist. */
  async keys(): Promise<readonly (string | undefined)[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: this.place.Bucket, Prefix: this.place.Key }));
    return Contents.map(({ Key }) => Key);
  }

  async read(): Promise<string> {
    const { Body } = await this.s3.send(new GetObjectCommand(this.place));
    return (await Body?.transformToString()) ?? "";
  }

  async write(content: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ ...this.place, Body: content, ContentLength: Buffer.byteLength(content) }));
  }

  /** Leaves a lock behind, as an engine that was killed does. */
  async lock(id: string): Promise<void> {
    const Body = JSON.stringify({ ID: id, Operation: "OperationTypePlan", Who: "somebody@ci", Created: "2026-01-01T00:00:00Z" });
    await this.s3.send(new PutObjectCommand({ ...this.place, Key: `${this.place.Key}.tflock`, Body }));
  }

  /** Ids of its versions, the newest first. */
  async versions(): Promise<readonly (string | undefined)[]> {
    const { Versions = [] } = await this.s3.send(new ListObjectVersionsCommand({ Bucket: this.place.Bucket, Prefix: this.place.Key }));
    return Versions.filter(({ Key }) => Key === this.place.Key).map(({ VersionId }) => VersionId);
  }

  /** Makes an older version the newest. */
  async restore(version: string | undefined): Promise<void> {
    const { Bucket, Key } = this.place;
    await this.s3.send(new CopyObjectCommand({ ...this.place, CopySource: `${Bucket}/${Key}?versionId=${version}` }));
  }
}
