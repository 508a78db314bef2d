import { CreateBucketCommand, PutBucketVersioningCommand, type S3Client } from "@aws-sdk/client-s3";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { s3Client } from "../../operations/s3-client";
import { credentialsFile } from "../../operations/state-credentials";
import type { Arguments } from "../../operations/terraform-json";
import { motoCredentials, type MotoServer } from "../moto/moto-server";
import type { StackCopy } from "./stack-copy";

/** Where the states of a rehearsal are: a real S3 API on this machine, with the buckets that bootstrap and the state layer make. */
export class StateStore {
  private readonly s3: S3Client;
  private readonly made = new Set<unknown>();

  constructor(private readonly moto: Pick<MotoServer, "url">) {
    const settings = { region: "us-east-1", forcePathStyle: true, useFipsEndpoint: false, useDualstackEndpoint: false };
    this.s3 = s3Client({ endpoint: moto.url, credentials: motoCredentials, ...settings });
  }

  get endpoint(): string {
    return this.moto.url;
  }

  /** Makes a stack's bucket, with versions, and the credentials file that its backend names. */
  async prepare({ folder, json }: StackCopy): Promise<void> {
    const { s3 } = json.terraform.backend;
    if (s3 === undefined) return;
    writeCredentials(folder, s3);
    if (this.made.has(s3.bucket)) return;
    this.made.add(s3.bucket);
    const Bucket = String(s3.bucket);
    await this.s3.send(new CreateBucketCommand({ Bucket }));
    await this.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  }

  close(): void {
    this.s3.destroy();
  }
}

function writeCredentials(folder: string, { profile, shared_credentials_files: files }: Arguments): void {
  if (typeof profile !== "string" || !Array.isArray(files)) return;
  for (const file of files.map((path) => resolve(folder, String(path)))) {
    if (existsSync(file)) continue;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, credentialsFile(profile, { ...motoCredentials, bucket: "" }), { mode: 0o600 });
  }
}
