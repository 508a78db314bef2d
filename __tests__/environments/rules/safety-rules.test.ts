import { refusals } from "../changed";

describe("prod", () => {
  test.each([
    ["highlyAvailable", false, "true in prod; production survives the loss of a zone"],
    ["monitoring", false, "true in prod; production is watched"],
    ["disposable", true, "false in prod; production keeps its data"],
    ["deletionProtection", false, "true in prod; production is not deleted by a slip"],
  ])("fails when %s is %s", (field, value, limit) => {
    expect(refusals("prod", { [field]: value })).toContain(`prod: ${field} is ${value}, must be ${limit}`);
    expect(refusals("staging", { [field]: value, ...(value === true ? { deletionProtection: false } : {}) })).toEqual([]);
  });

  test("fails when backups are kept for less than 7 days", () => {
    for (const days of [7, 8, 35]) expect(refusals("prod", { backupRetentionDays: days })).toEqual([]);
    expect(refusals("prod", { backupRetentionDays: 6 })).toEqual([
      "prod: backupRetentionDays is 6, must be at least 7 (days) in prod; raise it",
    ]);
    expect(refusals("staging", { backupRetentionDays: 6 })).toEqual([]);
  });
});

describe("an environment that must be highly available", () => {
  test("fails when it has two zones", () => {
    expect(refusals("prod", { zones: ["eu-central-1a", "eu-central-1b"] })).toEqual([
      'prod: zones is ["eu-central-1a","eu-central-1b"], must be at least 3 zones where highlyAvailable is true; add a zone',
    ]);
  });

  test("fails when all zones share one NAT gateway", () => {
    expect(refusals("prod", { "network.nat": "one" })).toEqual([
      'prod.network: nat is "one", must be "one-per-zone" where highlyAvailable is true; ' +
        "with one NAT gateway the loss of its zone cuts all zones off",
    ]);
  });

  test("fails when the general node group may shrink to one node or lose all at once", () => {
    for (const minNodes of [2, 3]) expect(refusals("prod", { "cluster.nodeGroups.0.minNodes": minNodes })).toEqual([]);
    for (const minNodes of [0, 1]) {
      expect(refusals("prod", { "cluster.nodeGroups.0.minNodes": minNodes })).toEqual([
        `prod.cluster.nodeGroups.0: minNodes is ${minNodes}, must be at least 2 for the placement general where highlyAvailable is true; ` +
          "raise it: one node is in one zone",
      ]);
    }
    expect(refusals("prod", { "cluster.nodeGroups.0.capacity": "spot" })).toEqual([
      expect.stringContaining('prod.cluster.nodeGroups.0: capacity is "spot", must be "on-demand" for the placement general'),
    ]);
  });

  test("is held to the same in staging, once it says so", () => {
    expect(refusals("staging", { highlyAvailable: true })).toEqual([expect.stringContaining("staging.network: nat is")]);
    expect(refusals("staging", { highlyAvailable: true, "network.nat": "one-per-zone" })).toEqual([]);
  });
});

describe("a public API server", () => {
  test("is open to blocks of /16 and smaller", () => {
    for (const cidr of ["203.0.0.0/16", "203.0.0.0/17", "203.0.113.7/32"])
      expect(refusals("dev", { "cluster.endpoint.cidrs": [cidr] })).toEqual([]);
  });

  test("fails when a block is wider, and says which one", () => {
    expect(refusals("dev", { "cluster.endpoint.cidrs": ["203.0.113.0/24", "203.0.0.0/15"] })).toEqual([
      'dev.cluster.endpoint: cidrs.1 is "203.0.0.0/15", must be a block of /16 or smaller; list the offices\' addresses, or set access to private',
    ]);
  });

  test("fails when it is open to everyone", () => {
    expect(refusals("dev", { "cluster.endpoint.cidrs": ["0.0.0.0/0"] })).toEqual([
      expect.stringContaining('dev.cluster.endpoint: cidrs.0 is "0.0.0.0/0", must be a block from /8 to /32'),
    ]);
  });
});

test("fails when an environment keeps its data without backups", () => {
  expect(refusals("staging", { backupRetentionDays: 0 })).toEqual([
    "staging: backupRetentionDays is 0, must be at least 1 (day) where disposable is false; raise it, or mark the environment disposable",
  ]);
  expect(refusals("staging", { backupRetentionDays: 1 })).toEqual([]);
  expect(refusals("dev", { backupRetentionDays: 0 })).toEqual([]);
});
