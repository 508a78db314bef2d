import { GetObjectCommand, ListObjectsV2Command, NoSuchBucket, type S3Client } from "@aws-sdk/client-s3";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { awsNames } from "../../constructs/shared/naming";
import type { AwsEnvironment } from "../../environments/environment";
import { childVariables, engineBinary } from "../../environments/variables";
import type { State } from "../../operations/state-file";

/** How a run of the bootstrap ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Both streams, as they came. */
  readonly output: string;
}

/** A checkout of this project on somebody's machine. */
export class Checkout {
  readonly names: ReturnType<typeof awsNames>;
  /** Key of the state layer's state. */
  readonly key: string;

  constructor(
    private readonly root: string,
    private readonly environment: AwsEnvironment,
    /** Folder of the state stack. */
    readonly folder: string,
    private readonly s3: S3Client,
    private readonly variables: Readonly<Record<string, string | undefined>>,
  ) {
    this.names = awsNames(environment);
    this.key = `${environment.name}/state.tfstate`;
  }

  /**
   * Runs the bootstrap.
   * @param engine lines of a shell script that stands in for the engine; `$engine` is the real one, `$state` the local state. @default the engine
   */
  bootstrap(flags: readonly string[] = ["--yes"], engine?: string): Promise<Ended> {
    const { name, accountId } = this.environment;
    const project = join(__dirname, "../..");
    const child = spawn(
      process.execPath,
      ["--require", join(project, "scripts/transpile.cjs"), join(__dirname, "bootstrap-run.ts"), name, this.folder, ...flags],
      {
        cwd: this.root,
        env: childVariables({
          ...this.variables,
          [`EVENKEEL_${name.toUpperCase()}_ACCOUNT_ID`]: accountId,
          ...(engine === undefined ? {} : { TERRAFORM_BINARY_NAME: this.script(engine) }),
        }),
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code, signal, output }));
    });
  }

  /** Path of a file in the environment's folder on this machine. */
  file(name: string): string {
    return join(this.root, ".state", this.environment.name, name);
  }

  /** Files in that folder, sorted. */
  get files(): readonly string[] {
    return existsSync(this.file("")) ? readdirSync(this.file("")).sort() : [];
  }

  /** Files of Terraform's language beside the stack. */
  get configuration(): readonly string[] {
    return readdirSync(this.folder).filter((file) => file.endsWith(".tf.json"));
  }

  readState(name: string): State {
    return JSON.parse(readFileSync(this.file(name), "utf8")) as State;
  }

  /** Keys in a bucket; undefined when there is no such bucket. */
  async keysIn(bucket: string): Promise<readonly (string | undefined)[] | undefined> {
    try {
      const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.map(({ Key }) => Key);
    } catch (error) {
      if (error instanceof NoSuchBucket) return undefined;
      throw error;
    }
  }

  /** The state in the bucket, and how it is encrypted. */
  async remoteState(): Promise<{
    readonly state: State;
    readonly encryption: string | undefined;
    readonly encryptionKey: string | undefined;
  }> {
    const object = await this.s3.send(new GetObjectCommand({ Bucket: this.names.stateBucket, Key: this.key }));
    const state = JSON.parse((await object.Body?.transformToString()) ?? "") as State;
    return { state, encryption: object.ServerSideEncryption, encryptionKey: object.SSEKMSKeyId };
  }

  private script(lines: string): string {
    const path = join(this.root, "engine.sh");
    writeFileSync(path, `#!/bin/sh\nstate='${this.file("state.tfstate")}'\nengine='${engineBinary()}'\n${lines}\nexec "$engine" "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /** Makes the environment's folder. */
  makeFolder(): void {
    mkdirSync(this.file(""), { recursive: true });
  }
}
