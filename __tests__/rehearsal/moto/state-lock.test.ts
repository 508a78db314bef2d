import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childVariables, engineBinary } from "../../../environments/variables";
import { initArguments } from "../../../operations/engine";
import { s3Client } from "../../../operations/s3-client";
import { motoCredentials as credentials, MotoServer } from "../../../rehearsal/moto/moto-server";
import { describeRehearsal } from "../describe-rehearsal";
import { undisturbed } from "../../../rehearsal/real-providers/installed-providers";
import { until } from "../until";

jest.setTimeout(180_000); // eight runs of the engine, a second each on an idle machine

const [bucket, key, region] = ["state", "dev/apps.tfstate", "us-east-1"];
const lock = `${key}.tflock`;
const apply = ["apply", "-auto-approve", "-input=false", "-no-color"];

/** A resource of the engine's own: no provider is needed. Its creation lasts until the file `go` is there, a minute at most. */
const resource = {
  terraform_data: {
    slow: {
      provisioner: [
        {
          "local-exec": {
            command: "touch begun; tries=0; until [ -e go ] || [ $tries -gt 600 ]; do sleep 0.1; tries=$((tries + 1)); done",
          },
        },
      ],
    },
  },
};

describeRehearsal("the lock of a state", (python) => {
  let work: string;
  let moto: MotoServer;
  let s3: S3Client;
  let first: ChildProcess | undefined;
  let id = "";

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), "evenkeel-lock-"));
    moto = await MotoServer.start(python);
    s3 = s3Client({ endpoint: moto.url, credentials, region, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    for (const name of ["first", "second"]) {
      mkdirSync(join(work, name));
      writeFileSync(join(work, name, "main.tf.json"), JSON.stringify({ terraform: { backend: backendAt(moto.url) }, resource }));
      expect(await ended(engine(name, initArguments))).toMatchObject({ code: 0 });
    }
    writeFileSync(join(work, "second", "go"), "");
  });

  afterAll(async () => {
    if (first) endGroup(first);
    s3.destroy();
    await moto.stop();
    rmSync(work, { recursive: true });
  });

  // One story, in order.

  it("refuses a second writer while the first one applies, who then changes nothing", async () => {
    first = engine("first", apply);
    await until("the first one applies", () => begun("first") || first?.exitCode !== null);
    expect(await keys()).toContain(lock);
    const before = await read(lock);

    const { code, output } = await ended(engine("second", apply));

    expect(code).toBe(1);
    expect(output).toMatch(/Error acquiring the state lock[^]*PreconditionFailed[^]*Lock Info:[^]*Operation: +OperationTypeApply/);
    id = /\bID: +(\S+)/.exec(output)?.[1] ?? "";
    expect(JSON.parse(before)).toMatchObject({ ID: id, Path: `${bucket}/${key}` });
    expect(begun("second")).toBe(false);
    expect(await read(lock)).toBe(before);
  });

  it("outlives the first writer when that is killed", async () => {
    if (first) endGroup(first);
    await until("the first one is gone", () => first?.signalCode === "SIGKILL");
    expect(await keys()).toContain(lock);
    expect(await ended(engine("second", apply))).toMatchObject({ code: 1, output: expect.stringContaining(id) });
    expect(begun("second")).toBe(false);
  });

  it("fails to be lifted with the id of another lock", async () => {
    const other = "00000000-0000-0000-0000-000000000000";
    expect(await ended(engine("second", ["force-unlock", "-force", other]))).toMatchObject({ code: 1 });
    expect(await keys()).toContain(lock);
  });

  it("is lifted with the id that the refusal told, and the next apply does the work", async () => {
    expect(await ended(engine("second", ["force-unlock", "-force", id]))).toMatchObject({ code: 0 });
    expect(await keys()).not.toContain(lock);

    expect(await ended(engine("second", apply))).toMatchObject({ code: 0, output: expect.stringContaining("1 added") });
    expect(begun("second")).toBe(true);
    expect(await keys()).toEqual([key]);
    expect(JSON.parse(await read(key))).toMatchObject({ resources: [{ type: "terraform_data", name: "slow" }] });
  });

  /** In a group of its own, which is killed with all that the engine started. */
  function engine(name: string, args: readonly string[]): ChildProcess {
    const config = join(work, "cli.tfrc");
    writeFileSync(config, ""); // the developer's own might name mirrors and credentials
    const env = childVariables({ ...undisturbed, ...moto.variables, TF_CLI_CONFIG_FILE: config });
    return spawn(engineBinary(), [...args], { cwd: join(work, name), env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  }

  function begun(name: string): boolean {
    return existsSync(join(work, name, "begun"));
  }

  async function keys(): Promise<readonly (string | undefined)[]> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key }) => Key);
  }

  async function read(name: string): Promise<string> {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
    return (await Body?.transformToString()) ?? "";
  }
});

function backendAt(url: string) {
  const skipped = ["credentials_validation", "metadata_api_check", "region_validation", "requesting_account_id", "s3_checksum"];
  return {
    s3: {
      ...{ bucket, key, region, use_lockfile: true, use_path_style: true, endpoints: { s3: url } },
      ...Object.fromEntries(skipped.map((name) => [`skip_${name}`, true])),
    },
  };
}

function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly output: string }> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** Kills a process with its children; it may be gone. */
function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, "SIGKILL");
}
