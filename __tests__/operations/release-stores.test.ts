import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { ReleaseStore } from "../../operations/release";
import { ReleaseBucket } from "../../operations/release-bucket";
import { ReleaseFolder } from "../../operations/release-folder";
import { s3Client } from "../../operations/s3-client";
import { motoAccount, motoCredentials, MotoServer } from "../../rehearsal/moto/moto-server";
import { describeWithMoto } from "../rehearsal/moto/describe-with-moto";
import { surroundProcess } from "../surround-process";

jest.setTimeout(120_000);

const release = {
  at: "2026-11-22T03:00:00.000Z",
  by: "ann@laptop",
  commit: "0123456789",
  dirty: true,
  summary: "1 to add, 0 to change, 0 to destroy",
  changes: ["create kubernetes_namespace_v1.App"],
  digest: "d",
};

/** What both stores have to do alike. */
function keepsReleases(open: () => ReleaseStore, leaveUnfinished: (id: number) => Promise<void>): void {
  it("has none at first, and numbers them from 1, in their order", async () => {
    const store = open();
    expect(await store.list()).toEqual([]);
    expect(await store.keep(release, { "cdk.tf.json": "{1}" })).toEqual({ id: 1, ...release });
    await store.keep({ ...release, backTo: 1 }, { "cdk.tf.json": "{2}", "assets/chart/a.yaml": "b" });

    expect(await store.list()).toEqual([
      { id: 1, ...release },
      { id: 2, ...release, backTo: 1 },
    ]);
    expect(await store.files(2)).toEqual({ "cdk.tf.json": "{2}", "assets/chart/a.yaml": "b" });
    await expect(store.files(9)).rejects.toThrow(/release 9|releases\/9/);
  });

  it("gives two at the same time a number each", async () => {
    const kept = await Promise.all(["a", "b", "c"].map((digest) => open().keep({ ...release, digest }, { "cdk.tf.json": digest })));
    expect(kept.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
    for (const { id, digest } of kept) expect(await open().files(id)).toEqual({ "cdk.tf.json": digest });
  });

  it("does not list what was not kept to its end, and takes the next number", async () => {
    await open().keep(release, {});
    await leaveUnfinished(2);

    expect((await open().list()).map(({ id }) => id)).toEqual([1]);
    expect((await open().keep(release, {})).id).toBe(3);
  });

  it("keeps the last twenty", async () => {
    for (let count = 1; count <= 22; count++) await open().keep(release, {});
    const ids = (await open().list()).map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([20, 3, 22]);
    await expect(open().files(2)).rejects.toThrow();
  });
}

describe("releases in a folder of the laptop", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "evenkeel-releases-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  keepsReleases(
    () => new ReleaseFolder(join(folder, "releases")),
    async (id) => void mkdirSync(join(folder, "releases", `${id}`)),
  );
});

describeWithMoto("releases in the bucket of the states", (python) => {
  const environment = { name: "dev", accountId: motoAccount, region: "eu-central-1" } as const;
  const opened: ReleaseBucket[] = [];
  let moto: MotoServer;
  let restore: () => void;
  let buckets = 0;
  const bucket = () => `states-${buckets}`;
  const s3 = () => s3Client({ endpoint: moto.url, credentials: motoCredentials, region: "us-east-1", forcePathStyle: true });

  beforeAll(async () => {
    moto = await MotoServer.start(python);
    restore = surroundProcess(moto.variables);
  });
  beforeEach(async () => {
    buckets += 1;
    await s3().send(new CreateBucketCommand({ Bucket: bucket() }));
  });
  afterAll(async () => {
    for (const store of opened) store.close();
    restore();
    await moto.stop();
  });

  const open = () => {
    const store = new ReleaseBucket(environment, bucket());
    opened.push(store);
    return store;
  };
  keepsReleases(open, async (id) => {
    await s3().send(new PutObjectCommand({ Bucket: bucket(), Key: `dev/releases/${id}/stack.json`, Body: "{}" }));
  });

  it("fails when there is no such bucket, with what to look at", async () => {
    await expect(new ReleaseBucket(environment, "elsewhere").list()).rejects.toThrow(
      /s3:\/\/elsewhere\/dev\/releases\/ could not be reached: NoSuchBucket[^]*Is dev bootstrapped/,
    );
  });
});
