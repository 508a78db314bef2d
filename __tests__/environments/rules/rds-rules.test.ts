import { connectionLimit } from "../../../constructs/database/database";
import { mostConnections, rdsClassOfSize, rdsInstanceClasses } from "../../../constructs/database/rds-instance-classes";
import { environments } from "../../../environments/index";
import { refusals, type Changes } from "../changed";

describe("the class of the instance", () => {
  const told = (instanceClass: string, environment: "dev" | "staging" | "prod" = "dev") =>
    refusals(environment, { "rds.instanceClass": instanceClass });

  it("may be any that RDS has", () => {
    expect(Object.keys(rdsInstanceClasses).length).toBeGreaterThan(50);
    for (const [name, { memoryGib }] of Object.entries(rdsInstanceClasses)) {
      expect(refusals("dev", { "rds.instanceClass": name, "database.connections": Math.min(50, memoryGib * 50) })).toEqual([]);
    }
  });

  it.each(["db.m7g.medium", "db.m4.large", "db.c7g.large", "db.t2.micro", "db.r7g.metal", "db.m7.large", "db.x.y"])(
    "fails when there is none for PostgreSQL called %s",
    (instanceClass) => {
      expect(told(instanceClass)).toEqual([
        `dev.rds: instanceClass is "${instanceClass}", must be a class that RDS has for PostgreSQL 17, e.g. db.m7g.large; ` +
          "choose another, or leave it out: the size chooses one",
      ]);
    },
  );

  it.each(["m7g.large", "cache.m7g.large", "db.m7g", "db.m7g.large.x", "DB.m7g.large", "db.m7g.", ""])(
    "fails when it is no class of RDS: %j",
    (instanceClass) => {
      expect(told(instanceClass)).toEqual([expect.stringMatching(/must be (a class of RDS such as db\.m7g\.large|text)/)]);
    },
  );

  it("fails when it is burstable in prod, or where high availability is asked for", () => {
    for (const instanceClass of ["db.t4g.large", "db.t3.2xlarge"]) {
      const limit = `must be one that is not burstable, in prod and where highlyAvailable is true (${instanceClass} is)`;
      const expected = [expect.stringContaining(`rds: instanceClass is "${instanceClass}", ${limit}`)];
      expect(told(instanceClass, "prod")).toEqual(expected);
      const available = { highlyAvailable: true, "network.nat": "one-per-zone", "rds.instanceClass": instanceClass };
      expect(refusals("staging", available)).toEqual(expected);
      expect(told(instanceClass, "staging")).toEqual([]);
      expect(refusals("prod", { "rds.instanceClass": instanceClass, highlyAvailable: false })).toHaveLength(2);
    }
  });

  it("fails when the size chooses a burstable one there", () => {
    const available: Changes = { "database.connections": 100 };
    expect(refusals("prod", { ...available, "database.size": "small" })).toEqual([
      'prod.database: size is "small", must be one that is not burstable, in prod and where highlyAvailable is true ' +
        `(${rdsClassOfSize.small} is); choose a larger one: it slows down when its credits are used up`,
    ]);
    for (const size of ["medium", "large"]) expect(refusals("prod", { ...available, "database.size": size })).toEqual([]);
    expect(refusals("prod", { ...available, "database.size": "small", "rds.instanceClass": "db.m7g.large" })).toEqual([]);
  });
});

describe("connections", () => {
  it.each(["db.t4g.micro", "db.t4g.small", "db.m7g.large", "db.r7g.large"])("are as many as the memory of %s bears", (instanceClass) => {
    const chosen = rdsInstanceClasses[instanceClass];
    if (!chosen) throw new Error(`no class ${instanceClass}`);
    const most = mostConnections(chosen) - 20;
    const told = (connections: number) => refusals("dev", { "rds.instanceClass": instanceClass, "database.connections": connections });
    for (const connections of [most - 1, most]) expect(told(connections)).toEqual([]);
    expect(told(most + 1)).toEqual([
      `dev.database: connections is ${most + 1}, must be at most ${most} on ${instanceClass}, which has ${chosen.memoryGib} GiB of memory; ` +
        "lower it, or choose a larger instance: each connection takes memory",
    ]);
    expect(connectionLimit({ ...environments.dev.database, connections: most })).toBe(mostConnections(chosen));
  });

  it("fails when the size has no room for them", () => {
    expect(refusals("dev", { "database.connections": 205 })).toEqual([]);
    expect(refusals("dev", { "database.connections": 206 })).toEqual([expect.stringContaining("at most 205 on db.t4g.small")]);
    expect(refusals("dev", { "database.connections": 206, "database.size": "medium" })).toEqual([]);
  });
});

describe("the volume", () => {
  const told = (type: string, storageGib: number, maxGib: number, iops?: number) =>
    refusals("dev", { "database.storageGib": storageGib, "rds.storage": { type, maxGib, ...(iops === undefined ? {} : { iops }) } });

  it("has at least 20 GiB with gp3, and 100 with io2", () => {
    for (const gib of [20, 21]) expect(told("gp3", gib, 65_536)).toEqual([]);
    for (const gib of [100, 101]) expect(told("io2", gib, 65_536, 1000)).toEqual([]);
    expect(told("gp3", 19, 65_536)).toEqual(["dev.database: storageGib is 19, must be at least 20 (GiB) with gp3; raise it"]);
    expect(told("io2", 99, 65_536, 1000)).toEqual(["dev.database: storageGib is 99, must be at least 100 (GiB) with io2; raise it"]);
  });

  it("has at most 65536 GiB", () => {
    for (const gib of [65_535, 65_536]) expect(told("gp3", gib, gib)).toEqual([]);
    expect(told("gp3", 65_537, 65_536)).toEqual([expect.stringContaining("storageGib is 65537, must be a whole number from 1 to 65536")]);
    expect(told("gp3", 20, 65_537)).toEqual([expect.stringContaining("maxGib is 65537, must be a whole number from 20 to 65536")]);
  });

  it("grows by a tenth at least, or not at all", () => {
    for (const maxGib of [20, 22, 23]) expect(told("gp3", 20, maxGib)).toEqual([]);
    for (const maxGib of [101, 112, 113]) expect(told("gp3", 101, maxGib)).toEqual([]);
    for (const [storageGib, maxGib, least] of [
      [20, 21, 22],
      [101, 111, 112],
      [100, 99, 110],
    ] as const) {
      expect(told("gp3", storageGib, maxGib)).toEqual([
        `dev.rds.storage: maxGib is ${maxGib}, must be storageGib, which is ${storageGib}, or at least ${least} (GiB); ` +
          "raise it: a volume grows by a tenth at least, or not at all",
      ]);
    }
  });

  it("fails when a small one of gp3 asks for IOPS, which it has without", () => {
    expect(told("gp3", 399, 1000)).toEqual([]);
    expect(told("gp3", 399, 1000, 12_000)).toEqual([
      "dev.rds.storage: iops is 12000, must be left out with gp3 below 400 GiB; remove it: such a volume has 3,000 and takes no others",
    ]);
    expect(told("gp3", 400, 1000, 12_000)).toEqual([]);
  });

  it.each([
    ["gp3", 400, 12_000, 20_000],
    ["gp3", 1280, 12_000, 64_000],
    ["gp3", 65_536, 32_768, 64_000],
    ["io2", 100, 1000, 100_000],
    ["io2", 256, 1000, 256_000],
    ["io2", 65_536, 32_768, 256_000],
  ])("of %s with %d GiB has %d to %d IOPS", (type, gib, min, max) => {
    for (const iops of [min, min + 1, max - 1, max]) expect(told(type, gib, gib, iops)).toEqual([]);
    for (const iops of [min - 1, max + 1]) {
      expect(told(type, gib, gib, iops)).toEqual([
        expect.stringMatching(/^dev\.rds\.storage: iops is \d+, must be (from|a whole number from)/),
      ]);
    }
  });

  it("may leave IOPS to gp3, but fails when io2 is given none", () => {
    expect(told("gp3", 400, 1000)).toEqual([]);
    expect(told("io2", 400, 1000)).toEqual([
      "dev.rds.storage: iops is missing, must be given with io2; add it: the volume brings none of its own",
    ]);
  });

  it.each(["gp2", "io1", "standard", "GP3", ""])("fails when its type is %j", (type) => {
    expect(told(type, 100, 200)).toEqual([expect.stringContaining("must be one of gp3, io2")]);
  });
});

describe("replicas", () => {
  it("need backups, from which they begin", () => {
    expect(refusals("dev", { "database.readReplicas": 1, backupRetentionDays: 1 })).toEqual([]);
    expect(refusals("dev", { "database.readReplicas": 0, backupRetentionDays: 0 })).toEqual([]);
    expect(refusals("dev", { "database.readReplicas": 1, backupRetentionDays: 0 })).toEqual([
      "dev.database: readReplicas is 1, must be 0 where backupRetentionDays is 0; raise backupRetentionDays: a replica begins as a backup",
    ]);
  });

  it("need none on the laptop", () => {
    expect(refusals("local", { "database.readReplicas": 2, backupRetentionDays: 0 })).toEqual([]);
  });
});

describe("the archive of backups", () => {
  const told = (keepDays: number, coldAfterDays?: number) =>
    refusals("prod", { "rds.archive": { keepDays, ...(coldAfterDays === undefined ? {} : { coldAfterDays }) } });

  it("keeps them for longer than RDS does", () => {
    for (const days of [36, 37, 36_500]) expect(told(days)).toEqual([]);
    for (const days of [35, 36_501]) {
      expect(told(days)).toEqual([expect.stringContaining("prod.rds.archive: keepDays is")]);
    }
  });

  it("keeps them for 90 days in cold storage", () => {
    for (const keepDays of [120, 121]) expect(told(keepDays, 30)).toEqual([]);
    expect(told(119, 30)).toEqual([
      "prod.rds.archive: keepDays is 119, must be at least 120, coldAfterDays and 90 more; " +
        "raise it, or leave out coldAfterDays: cold storage charges for 90 days",
    ]);
  });
});

it("fails when prod would keep no backups, have no second zone or no protection, and tells all with what else is wrong", () => {
  const told = refusals("prod", {
    backupRetentionDays: 0,
    highlyAvailable: false,
    deletionProtection: false,
    "database.size": "small",
    "database.readReplicas": 1,
    "rds.storage": { type: "io2", maxGib: 210 },
  });
  for (const start of [
    "prod: backupRetentionDays is 0, must be at least 7",
    "prod: highlyAvailable is false, must be true",
    "prod: deletionProtection is false, must be true",
    'prod.database: size is "small"',
    "prod.database: connections is 300",
    "prod.database: readReplicas is 1",
    "prod.rds.storage: maxGib is 210",
    "prod.rds.storage: iops is missing",
  ]) {
    expect(told).toContainEqual(expect.stringContaining(start));
  }
});
