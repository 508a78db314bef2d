import { DeleteObjectCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import { copyFileSync, writeFileSync } from "node:fs";
import { describeWithAws } from "./aws-sandbox";
import type { Checkout } from "./checkout";

jest.setTimeout(180_000); // as in bootstrap.test.ts

/** Kills the bootstrap, and does not wait for it: `$PPID` is the process that started this engine. */
const killBootstrap = "kill -9 $PPID";

/** Kills engine and bootstrap as soon as the state lists a bucket; the key takes ten seconds longer. */
const dieInApply = `
if [ "$1" = apply ]; then
  "$engine" "$@" &
  tries=0
  until grep -q '"type": "aws_s3_bucket"' "$state" 2>/dev/null || [ $tries -gt 600 ]; do sleep 0.1; tries=$((tries + 1)); done
  kill -9 $!
  ${killBootstrap}
  exit 1
fi`;

const dieBeforeMigration = `case "$*" in *-migrate-state*) ${killBootstrap}; exit 1 ;; esac`;

/** The first look at the state in the bucket is the one that verifies the migration. */
const dieAfterMigration = `if [ "$1 $2" = "state pull" ]; then ${killBootstrap}; exit 1; fi`;

describeWithAws("bootstrap, killed", (sandbox) => {
  let checkout: Checkout;

  beforeAll(() => {
    checkout = sandbox().checkout("dev");
  });

  // One life, in order: each run goes on from where the one before was killed.

  it("leaves a part of the state on this machine when it is killed in the middle of the apply", async () => {
    expect(await checkout.bootstrap(["--yes"], dieInApply)).toMatchObject({ signal: "SIGKILL" });
    expect(checkout.files).toEqual(expect.arrayContaining(["bootstrap-begun", "state.tfstate"]));
    const types = checkout.readState("state.tfstate").resources.map(({ type }) => type);
    expect(types).toContain("aws_s3_bucket");
    expect(types).not.toContain("aws_kms_alias");
    expect(await checkout.keysIn(checkout.names.stateBucket)).toEqual([]);
  });

  it("goes on from there, and takes over buckets that the engine had no time to write down", async () => {
    const partial = checkout.readState("state.tfstate");
    const resources = partial.resources.filter(({ type }) => !type.startsWith("aws_s3_bucket"));
    writeFileSync(checkout.file("state.tfstate"), JSON.stringify({ ...partial, resources }));

    const ended = await checkout.bootstrap(["--yes"], dieBeforeMigration);
    expect(ended).toMatchObject({ signal: "SIGKILL" });
    expect(ended.output).toContain(`takes over bucket ${checkout.names.stateBucket}, which exists`);
    expect(ended.output).toContain("dev-state: applying: done");
    expect(checkout.configuration).toEqual(["cdk.tf.json"]);
    expect(await checkout.keysIn(checkout.names.stateBucket)).toEqual([]);
  });

  it("goes on between apply and migration, creates nothing a second time, and keeps a key whose creation was not seen to end", async () => {
    const state = checkout.readState("state.tfstate");
    const taint = (instance: object) => ({ ...instance, status: "tainted" });
    const resources = state.resources.map((resource) =>
      resource.type === "aws_kms_key" ? { ...resource, instances: resource.instances.map(taint) } : resource,
    );
    writeFileSync(checkout.file("state.tfstate"), JSON.stringify({ ...state, resources }));

    const ended = await checkout.bootstrap([], dieAfterMigration);
    expect(ended).toMatchObject({ signal: "SIGKILL" });
    expect(ended.output).toContain("dev-state: planning: no changes");
    expect(checkout.files).toContain("state.tfstate");
    const remote = await checkout.remoteState();
    expect(remote.state.resources).toEqual(state.resources);
  });

  it("goes on after the migration, and keeps the local state as a backup", async () => {
    const remote = await checkout.remoteState();
    const ended = await checkout.bootstrap([]);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.output).toContain("dev is bootstrapped; nothing had to change");
    expect(checkout.files).toEqual(["state.tfstate.migrated"]);
    expect(checkout.readState("state.tfstate.migrated").resources).toEqual(remote.state.resources);
    expect(await checkout.remoteState()).toEqual(remote);
    expect(await checkout.keysIn(checkout.names.stateBucket)).toEqual(["dev/state.tfstate"]);
  });

  describe("with the local state back and none in the bucket", () => {
    beforeEach(async () => {
      copyFileSync(checkout.file("state.tfstate.migrated"), checkout.file("state.tfstate"));
      await sandbox().s3.send(new DeleteObjectCommand({ Bucket: checkout.names.stateBucket, Key: checkout.key }));
    });

    it("fails when somebody else writes the state meanwhile, and overwrites nothing", async () => {
      const url = `${sandbox().moto.url}/${checkout.names.stateBucket}/${checkout.key}`;
      const write = `"${process.execPath}" -e 'fetch("${url}", { method: "PUT", body: "theirs", headers: { "content-type": "binary/octet-stream" } })'`;
      const ended = await checkout.bootstrap([], `if [ "$1" = show ]; then ${write}; fi`);
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.output).toContain("was written by somebody else meanwhile. Nothing was overwritten");
      const object = await sandbox().s3.send(new GetObjectCommand({ Bucket: checkout.names.stateBucket, Key: checkout.key }));
      await expect(object.Body?.transformToString()).resolves.toBe("theirs");
      expect(checkout.files).toContain("state.tfstate");
    });

    it("fails when the bucket does not hold what was moved there, and keeps the local state", async () => {
      const local = checkout.readState("state.tfstate");
      const lose = `if [ "$1 $2" = "state pull" ]; then "$engine" "$@" | sed s/aws_kms_alias/aws_kms_other/; exit 0; fi`;
      const ended = await checkout.bootstrap([], lose);
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.output).toContain("There are two states");
      expect(checkout.readState("state.tfstate").resources).toEqual(local.resources);
    });
  });
});
