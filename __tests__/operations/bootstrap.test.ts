import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { existsSync, statSync, writeFileSync } from "node:fs";
import { describeWithAws } from "./aws-sandbox";
import type { Checkout } from "./checkout";

jest.setTimeout(180_000); // a bootstrap takes 20 seconds on a quiet machine, 12 of them the provider's watch over the new key

describeWithAws("bootstrap", (sandbox) => {
  describe("in an empty account", () => {
    let checkout: Checkout;
    let first: Awaited<ReturnType<Checkout["bootstrap"]>>;
    beforeAll(async () => {
      checkout = sandbox().checkout("dev");
      first = await checkout.bootstrap();
    });

    it("shows account, region, bucket and changes, creates, and moves the state into the bucket", async () => {
      expect(first).toMatchObject({ code: 0 });
      expect(first.output).toMatch(/dev: \d+ to add, 0 to change, 0 to destroy in account 123456789012, region eu-central-1/);
      expect(first.output).toContain(`state bucket ${checkout.names.stateBucket}`);
      expect(first.output).toMatch(/create aws_kms_key\./);
      // The lock is gone, too.
      expect(await checkout.keysIn(checkout.names.stateBucket)).toEqual(["dev/state.tfstate"]);
      const { state, encryption, encryptionKey } = await checkout.remoteState();
      expect({ encryption, encryptionKey }).toEqual({ encryption: "aws:kms", encryptionKey: "alias/ml-platform-dev-state" });
      expect(state.resources.map(({ type }) => type)).toContain("aws_s3_bucket");
      expect(checkout.readState("state.tfstate.migrated").resources).toEqual(state.resources);
    });

    it("leaves one local file, the backup, in a private folder, and the stack as it was synthesized", () => {
      expect(checkout.files).toEqual(["state.tfstate.migrated"]);
      expect(statSync(checkout.file("")).mode & 0o777).toBe(0o700);
      expect(checkout.configuration).toEqual(["cdk.tf.json"]);
    });

    it("changes nothing when it is repeated, and needs no answer then", async () => {
      const before = await checkout.remoteState();
      const again = await checkout.bootstrap([]);
      expect(again).toMatchObject({ code: 0 });
      expect(again.output).toContain("dev is bootstrapped; nothing had to change");
      expect(await checkout.remoteState()).toEqual(before);
      expect(checkout.files).toEqual(["state.tfstate.migrated"]);
    });

    it("knows the state on another machine, which has no file of it", async () => {
      const colleague = sandbox().checkout("dev");
      const ended = await colleague.bootstrap([]);
      expect(ended).toMatchObject({ code: 0 });
      expect(ended.output).toContain("dev is bootstrapped; nothing had to change");
      expect(colleague.files).toEqual([]);
    });

    it("makes no change that the stack has got since, and says what to do", async () => {
      const colleague = sandbox().checkout("dev");
      writeFileSync(`${colleague.folder}/more.tf.json`, JSON.stringify({ resource: { aws_s3_bucket: { More: { bucket: "more" } } } }));
      const ended = await colleague.bootstrap();
      expect(ended).toMatchObject({ code: 0 });
      expect(ended.output).toContain("npm run plan -- dev state");
      expect(ended.output).toContain("npm run deploy -- dev --layer state");
      expect(await colleague.keysIn("more")).toBeUndefined();
    });

    it("fails when somebody holds the lock, in the engine's words", async () => {
      const lock = { ID: "0b9ac91c-6a3b-8b0f-4d1c-000000000000", Operation: "OperationTypeApply", Who: "mary@laptop" };
      const object = { Bucket: checkout.names.stateBucket, Key: `${checkout.key}.tflock` };
      await sandbox().s3.send(new PutObjectCommand({ ...object, Body: JSON.stringify(lock) }));
      const ended = await sandbox().checkout("dev").bootstrap();
      await sandbox().s3.send(new DeleteObjectCommand(object));
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.output).toContain("Error acquiring the state lock");
      expect(ended.output).toContain("mary@laptop");
      expect(ended.output).toContain(`aws s3 rm s3://${checkout.names.stateBucket}/dev/state.tfstate.tflock`);
    });

    it("fails when the local state describes another deployment than the one in the bucket", async () => {
      const other = sandbox().checkout("dev");
      other.makeFolder();
      const text = JSON.stringify(checkout.readState("state.tfstate.migrated"));
      const key = /"key_id":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? "none";
      writeFileSync(other.file("state.tfstate"), text.replaceAll(key, "11111111-1111-1111-1111-111111111111"));
      const before = await checkout.remoteState();
      const ended = await other.bootstrap();
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.output).toContain("Nothing was overwritten");
      expect(ended.output).toMatch(/\.state\/dev\/state\.tfstate: .*key 11111111-/);
      expect(ended.output).toMatch(new RegExp(`s3://\\S+: .*key ${key}`));
      expect(other.files).toEqual(["state.tfstate"]);
      expect(await checkout.remoteState()).toEqual(before);
    });

    it("fails when the local state is damaged, and leaves it", async () => {
      const other = sandbox().checkout("dev");
      other.makeFolder();
      writeFileSync(other.file("state.tfstate"), '{ "version": 4, "resources": [');
      const ended = await other.bootstrap();
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.output).toContain("state.tfstate is no Terraform state");
      expect(ended.output).not.toMatch(/\n\s+at /);
      expect(other.files).toEqual(["state.tfstate"]);
    });
  });

  describe("with a bucket of the name that no state lists", () => {
    let checkout: Checkout;
    beforeAll(async () => {
      checkout = sandbox().checkout("staging");
      const Bucket = checkout.names.stateBucket;
      await sandbox().s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } }));
    });

    it("fails, and says how to bring the state back, to adopt the bucket, or to get rid of it", async () => {
      const ended = await checkout.bootstrap();
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.output).toContain(`${checkout.names.stateBucket} exists in account 123456789012, but there is no state that lists it`);
      expect(ended.output).toContain("npm run bootstrap -- staging --adopt");
      expect(checkout.files).toEqual([]);
      expect(await checkout.keysIn(checkout.names.stateBucket)).toEqual([]);
      expect(await checkout.keysIn(checkout.names.stateLogBucket)).toBeUndefined();
    });

    it("fails when it would adopt the bucket but nobody is there to ask, and changes nothing", async () => {
      const ended = await checkout.bootstrap(["--adopt"]);
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.output).toContain(`takes over bucket ${checkout.names.stateBucket}, which exists`);
      expect(ended.output).toContain("Nothing was changed");
      expect(checkout.files).toEqual([]);
      expect(checkout.configuration).toEqual(["cdk.tf.json"]);
    });
  });

  it("fails when the credentials are of another account: the engine refuses", async () => {
    const checkout = sandbox().checkout("dev", "210987654321");
    const ended = await checkout.bootstrap();
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.output).toContain("AWS account ID not allowed: 123456789012");
    expect(await checkout.keysIn(checkout.names.stateBucket)).toBeUndefined();
    expect(existsSync(checkout.file("state.tfstate"))).toBe(false);
  });
});
