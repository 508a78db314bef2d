import { awsNames, localNames } from "../../../constructs/shared/naming";
import { environments } from "../../../environments/index";
import { ownBuckets } from "../../../environments/rules/bucket-name-rules";
import { committedWith, refusals, refusalsOf, type Changes, type FleetChanges } from "../changed";

const buckets = (...names: readonly string[]): Changes => ({ "objectStore.buckets": names.map((name) => ({ name, keepVersionsDays: 1 })) });

describe("buckets of an environment", () => {
  it("fails when two have one name", () => {
    for (const environment of ["local", "dev"] as const) {
      expect(refusals(environment, buckets("data", "models", "data"))).toEqual([
        `${environment}.objectStore.buckets.2: name is "data", must be different from that of buckets.0; rename the bucket`,
      ]);
    }
  });

  it.each(ownBuckets)("fails when one is called like the platform's own: %s", (name) => {
    for (const environment of ["local", "dev"] as const) {
      expect(refusals(environment, buckets("data", name))).toEqual([
        `${environment}.objectStore.buckets.1: name is "${name}", must be none of ${ownBuckets.join(", ")}, which the platform has; rename the bucket`,
      ]);
    }
  });

  it("knows the platform's own by their names", () => {
    const names = awsNames(environments.dev);
    const own = ownBuckets.map((purpose) => names.bucket(purpose));
    for (const name of [
      names.stateBucket,
      names.stateLogBucket,
      names.loadBalancerLogBucket,
      names.bucketLogBucket,
      names.telemetryLogBucket,
    ])
      expect(own).toContain(name);
    const local = localNames(environments.local);
    expect(ownBuckets.map((purpose) => local.bucket(purpose))).toContain(local.stateBucket);
  });

  it("have names of at most 63 characters, project, environment and account included", () => {
    const project = "a".repeat(20);
    const told = (length: number) => refusals("dev", { project, ...buckets("b".repeat(length)) });
    for (const length of [24, 25]) expect(told(length)).toEqual([]); // 20 + 3 + 12 and three hyphens are the rest
    const name = "b".repeat(26);
    expect(told(26)).toEqual([
      `dev.objectStore.buckets.0: name is "${name}", must be such that the bucket, ${project}-dev-${name}-000000000001, ` +
        "has at most 63 characters, not 64; rename the bucket",
    ]);
    expect(refusals("dev", { project, ...buckets(name, `${name}c`, "data") })).toHaveLength(2);
  });

  it("have room for the name of their copies", () => {
    const replication = {
      region: "eu-west-1",
      accountId: "111111111111",
      keyArn: "arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef",
    };
    const told = (length: number) =>
      refusals("dev", { project: "a".repeat(20), "s3.replication": replication, ...buckets("b".repeat(length)) });
    for (const length of [16, 17]) expect(told(length)).toEqual([]);
    expect(told(18)).toEqual([expect.stringMatching(/b-replica-111111111111, has at most 63 characters, not 64; rename the bucket$/)]);
  });

  it("fails when the end is what S3 keeps for itself", () => {
    expect(refusals("local", buckets("a-s3alias"))).toEqual([
      expect.stringContaining(
        'local.objectStore.buckets.0: name is "a-s3alias", must be such that the bucket, ml-platform-local-a-s3alias, has',
      ),
    ]);
    expect(refusals("dev", buckets("a-s3alias"))).toEqual([]); // the account is the end
  });

  it.each(["", "a.b", "A", "-a", "a-", "1a", "a_b", "192.168.0.1", "a b", "a/b", "b".repeat(31)])("fails when a name is %j", (name) => {
    expect(refusals("dev", buckets(name))).toEqual([expect.stringContaining("dev.objectStore.buckets.0: name is ")]);
  });
});

describe("buckets of several environments", () => {
  const told = (changes: FleetChanges) => refusalsOf({ committed: committedWith(changes) });
  const account = "123456789012";
  /** The project of staging ends like dev begins. */
  const dev = (...names: readonly string[]) => ({ project: "a", accountId: account, ...buckets(...names) });
  const staging = (...names: readonly string[]) => ({ project: "a-dev", accountId: account, ...buckets(...names) });

  it("fails when two would have one name, and says whose it is", () => {
    expect(told({ dev: dev("staging-data"), staging: staging("data") })).toEqual([
      `staging.objectStore.buckets.0: name is "data", must be such that the bucket, a-dev-staging-data-${account}, is no other one: ` +
        "dev has it for staging-data; rename the bucket",
    ]);
  });

  it("fails when one would be the platform's own in another environment", () => {
    expect(told({ dev: dev("staging-state"), staging: staging("data") })).toEqual([
      `dev.objectStore.buckets.0: name is "staging-state", must be such that the bucket, a-dev-staging-state-${account}, is no other one: ` +
        "staging has it for state; rename the bucket",
    ]);
  });

  it("may be called alike in other accounts and projects", () => {
    expect(told({})).toEqual([]);
    expect(told({ dev: dev("staging-data"), staging: { ...staging("data"), accountId: "210987654321" } })).toEqual([]);
    expect(told({ dev: { ...dev("data"), project: "b" }, staging: { ...staging("data"), project: "b" } })).toEqual([]);
  });

  it("fails when one would be the copy of another", () => {
    const replication = {
      region: "eu-west-1",
      accountId: account,
      keyArn: `arn:aws:kms:eu-west-1:${account}:key/01234567-89ab-cdef-0123-456789abcdef`,
    };
    const copied = { accountId: account, "s3.replication": replication };
    expect(told({ dev: { ...copied, ...buckets("data", "data-replica") } })).toEqual([
      `dev.objectStore.buckets.1: name is "data-replica", must be such that the bucket, ml-platform-dev-data-replica-${account}, is no other one: ` +
        "dev has it for copies of data; rename the bucket",
    ]);
    expect(told({ dev: { accountId: account, ...buckets("data", "data-replica") } })).toEqual([]);
  });

  it("are not compared while a name is malformed; addresses are", () => {
    const overlap = { ...dev("staging-data"), "network.cidr": "10.20.0.0/16" };
    expect(told({ dev: { ...overlap, project: "A" }, staging: staging("data") })).toEqual([
      expect.stringContaining("dev: project is"),
      expect.stringContaining("staging.network: cidr is"),
    ]);
  });
});
