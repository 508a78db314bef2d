import { elasticacheNodeTypes, nodeTypeOfSize } from "../../../constructs/cache/elasticache-node-types";
import { refusals } from "../changed";

const replicated = (replicas: number) => ({ kind: "replicated", replicas });
const clustered = (shards: number, replicas: number) => ({ kind: "clustered", shards, replicas });
const available = { highlyAvailable: true, "network.nat": "one-per-zone" };

describe("topology", () => {
  it("has 1 to 5 replicas, and 3 shards at least", () => {
    for (const replicas of [1, 2, 4, 5]) expect(refusals("dev", { "cache.topology": replicated(replicas) })).toEqual([]);
    for (const replicas of [0, 6]) {
      expect(refusals("dev", { "cache.topology": replicated(replicas) })).toEqual([
        expect.stringContaining(`replicas is ${replicas}, must be a whole number from 1 to 5`),
      ]);
    }
    for (const replicas of [0, 1, 5]) expect(refusals("dev", { "cache.topology": clustered(3, replicas) })).toEqual([]);
    expect(refusals("dev", { "cache.topology": clustered(3, 6) })).toEqual([expect.stringContaining("from 0 to 5")]);
    expect(refusals("dev", { "cache.topology": clustered(2, 1) })).toEqual([
      expect.stringContaining("shards is 2, must be a whole number"),
    ]);
  });

  it.each([
    [0, 90],
    [1, 45],
    [2, 30],
    [3, 22],
    [4, 18],
    [5, 15],
  ])("has at most 90 nodes: with %d replicas %d shards", (replicas, most) => {
    const told = (shards: number) => refusals("dev", { "cache.topology": clustered(shards, replicas) });
    for (const shards of [most - 1, most]) expect(told(shards)).toEqual([]);
    expect(told(most + 1)).toContainEqual(
      expect.stringMatching(/^dev\.cache\.topology: shards is \d+, must be (at most \d+ with|a whole number)/),
    );
    expect(told(most + 1)).toHaveLength(1);
  });

  it("says how many shards fit", () => {
    expect(refusals("local", { "cache.topology": clustered(46, 1) })).toEqual([
      "local.cache.topology: shards is 46, must be at most 45 with 1 replicas each: a cluster has 90 nodes; lower one of the two",
    ]);
  });

  it.each([
    { kind: "single", replicas: 1 },
    { kind: "replicated" },
    { kind: "clustered", replicas: 1 },
    { kind: "sentinel" },
    {},
    null,
    "single",
  ])("fails when it is %j", (topology) => {
    expect(refusals("dev", { "cache.topology": topology })).toHaveLength(1);
  });

  it("fails when it is single where high availability is asked for", () => {
    const expected = [
      expect.stringContaining('cache.topology: kind is "single", must be "replicated" or "clustered" where highlyAvailable is true; '),
    ];
    expect(refusals("prod", { "cache.topology": { kind: "single" } })).toEqual(expected);
    expect(refusals("staging", { ...available, "cache.topology": { kind: "single" } })).toEqual(expected);
    expect(refusals("staging", { "cache.topology": { kind: "single" } })).toEqual([]);
    expect(refusals("staging", available)).toEqual([]);
  });

  it("fails when shards have no replica there", () => {
    expect(refusals("prod", { "cache.topology": clustered(3, 0) })).toEqual([
      "prod.cache.topology: replicas is 0, must be at least 1 where highlyAvailable is true; " +
        "raise it: a shard without a replica is lost with its zone",
    ]);
    for (const replicas of [1, 2]) expect(refusals("prod", { "cache.topology": clustered(3, replicas) })).toEqual([]);
    expect(refusals("staging", { "cache.topology": clustered(3, 0) })).toEqual([]);
  });
});

describe("snapshots", () => {
  it("are kept for 35 days at most", () => {
    for (const days of [1, 34, 35]) expect(refusals("prod", { "cache.snapshotRetentionDays": days })).toEqual([]);
    for (const days of [-1, 36]) {
      expect(refusals("prod", { "cache.snapshotRetentionDays": days })).toEqual([expect.stringContaining("from 0 to 35 (days)")]);
    }
  });

  it("fails when there are none in prod, or where what is cached has to outlive its nodes", () => {
    const fix = "raise it: on AWS a snapshot is what outlives the nodes";
    const none = { "cache.snapshotRetentionDays": 0 };
    expect(refusals("prod", { ...none, "cache.persistence": false })).toEqual([
      `prod.cache: snapshotRetentionDays is 0, must be at least 1 (day) in prod; ${fix}`,
    ]);
    expect(refusals("dev", none)).toEqual([
      `dev.cache: snapshotRetentionDays is 0, must be at least 1 (day) where persistence is true; ${fix}`,
    ]);
    expect(refusals("dev", { ...none, "cache.persistence": false })).toEqual([]);
  });

  it("fails when the laptop is asked for some", () => {
    expect(refusals("local", { "cache.snapshotRetentionDays": 1 })).toEqual([
      "local.cache: snapshotRetentionDays is 1, must be 0 on a laptop, which takes no snapshots; switch them off: persistence keeps what is cached",
    ]);
  });

  it.each([
    ["04:00", "04:59"],
    ["04:59", "04:00"],
    ["23:30", "00:29"],
  ])("fails when one is taken during maintenance: %s and %s", (snapshotAt, start) => {
    expect(refusals("dev", { "cache.snapshotAt": snapshotAt, "cache.maintenance": { day: "wed", start } })).toEqual([
      `dev.cache: snapshotAt is "${snapshotAt}", must be at least an hour before or after maintenance.start, which is ${start}; ` +
        "move one of them: each takes an hour",
    ]);
  });

  it("may be taken right before or after it", () => {
    for (const snapshotAt of ["03:00", "05:00"]) {
      expect(refusals("dev", { "cache.snapshotAt": snapshotAt, "cache.maintenance": { day: "wed", start: "04:00" } })).toEqual([]);
    }
  });
});

describe("the type of the nodes", () => {
  it("may be any that ElastiCache has", () => {
    expect(Object.keys(elasticacheNodeTypes).length).toBeGreaterThan(30);
    for (const type of Object.keys(elasticacheNodeTypes)) expect(refusals("dev", { "elasticache.nodeType": type })).toEqual([]);
  });

  it.each(["cache.m7g.medium", "cache.t2.micro", "cache.r6gd.xlarge", "cache.x.y"])("fails when there is none called %s", (type) => {
    expect(refusals("dev", { "elasticache.nodeType": type })).toEqual([
      `dev.elasticache: nodeType is "${type}", must be a type that ElastiCache has for Valkey and Redis, e.g. ${nodeTypeOfSize.medium}; ` +
        "choose another, or leave it out: the size chooses one",
    ]);
  });

  it.each(["m7g.large", "db.m7g.large", "cache.m7g", "Cache.m7g.large", ""])("fails when it is no type of ElastiCache: %j", (type) => {
    expect(refusals("dev", { "elasticache.nodeType": type })).toEqual([
      expect.stringMatching(/must be (a type of ElastiCache such as|text)/),
    ]);
  });

  it("fails when it is burstable in prod, or where high availability is asked for", () => {
    const expected = [
      expect.stringContaining('elasticache: nodeType is "cache.t4g.medium", must be one that is not burstable, in prod and where'),
    ];
    expect(refusals("prod", { "elasticache.nodeType": "cache.t4g.medium" })).toEqual(expected);
    expect(refusals("staging", { ...available, "elasticache.nodeType": "cache.t4g.medium" })).toEqual(expected);
    expect(refusals("staging", { "elasticache.nodeType": "cache.t4g.medium" })).toEqual([]);
    expect(refusals("prod", { "cache.size": "small" })).toEqual([
      expect.stringContaining(
        `prod.cache: size is "small", must be one that is not burstable, in prod and where highlyAvailable is true (${nodeTypeOfSize.small}`,
      ),
    ]);
    expect(refusals("prod", { "cache.size": "medium" })).toEqual([]);
    expect(refusals("prod", { "cache.size": "small", "elasticache.nodeType": "cache.r7g.large" })).toEqual([]);
  });
});

it.each(["memcached", "Valkey", "keydb", "", null])("fails when the engine is %j", (engine) => {
  expect(refusals("dev", { "cache.engine": engine })).toEqual([expect.stringContaining("must be one of valkey, redis")]);
});

it.each(["lru", "allkeys", "volatile-lifetime", ""])("fails when the policy of eviction is %j", (policy) => {
  expect(refusals("dev", { "cache.evictionPolicy": policy })).toEqual([expect.stringContaining("must be one of noeviction, allkeys-lru")]);
});
