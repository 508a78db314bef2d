import { committedWith, refusalsOf, type FleetChanges } from "../changed";

const told = (changes: FleetChanges, names?: readonly string[]) =>
  refusalsOf({ committed: committedWith(changes), ...(names ? { names } : {}) });

test("fails when the VPCs of two environments overlap, in part or whole", () => {
  for (const cidr of ["10.20.0.0/16", "10.20.16.0/20"]) {
    expect(told({ dev: { "network.cidr": cidr } })).toEqual([
      `staging.network: cidr is "10.20.0.0/16", must be apart from dev's network.cidr ${cidr}; choose another block`,
    ]);
  }
  expect(told({ dev: { "network.cidr": "10.21.0.0/16" } })).toEqual([]);
});

test("tells every pair that overlaps", () => {
  expect(told({ dev: { "network.cidr": "10.30.0.0/16" }, staging: { "network.cidr": "10.30.0.0/16" } })).toEqual([
    expect.stringContaining("staging.network: cidr is"),
    expect.stringContaining('prod.network: cidr is "10.30.0.0/16", must be apart from dev\'s'),
    expect.stringContaining('prod.network: cidr is "10.30.0.0/16", must be apart from staging\'s'),
  ]);
});

test("fails when blocks of the laptop's cluster hide a VPC or a VPN", () => {
  expect(told({ local: { "kind.podCidr": "10.20.0.0/16" } })).toEqual([
    expect.stringContaining("must be apart from local's kind.podCidr 10.20.0.0/16"),
  ]);
  expect(told({ local: { "kind.serviceCidr": "10.250.0.0/16" } })).toEqual([
    expect.stringContaining("staging.cluster.endpoint.reach: cidrs.0 is"),
    expect.stringContaining("prod.cluster.endpoint.reach: cidrs.0 is"),
  ]);
});

test("fails when one environment's VPN hides another one's VPC", () => {
  expect(told({ staging: { "cluster.endpoint.reach.cidrs": ["10.99.0.0/16", "10.30.0.0/20"] } })).toEqual([
    expect.stringContaining(
      'prod.network: cidr is "10.30.0.0/16", must be apart from staging\'s cluster.endpoint.reach.cidrs.1 10.30.0.0/20',
    ),
  ]);
});

test("environments may share a VPN and the block of their services", () => {
  expect(told({ dev: { "cluster.endpoint": { access: "private", reach: { by: "vpn", cidrs: ["10.250.0.0/16"] } } } })).toEqual([]);
});

test("only chosen environments are compared", () => {
  const changes = { dev: { "network.cidr": "10.20.0.0/16" } };
  expect(told(changes, ["dev", "prod"])).toEqual([]);
  expect(told(changes, ["dev", "staging"])).toHaveLength(1);
});

test("an overlap is told although an environment has other problems", () => {
  const overlap = expect.stringContaining('staging.network: cidr is "10.20.0.0/16", must be apart from dev\'s');
  for (const other of [
    { zones: "x" },
    { owner: 5, unknown: 1 },
    { cluster: { endpoint: { access: "public", cidrs: ["203.0.113.0/24"] } } },
    { "network.nat": "x" },
  ]) {
    expect(told({ dev: { "network.cidr": "10.20.0.0/16", ...other } })).toContainEqual(overlap);
  }
});

test("blocks are not compared while they are malformed", () => {
  expect(told({ dev: { "network.cidr": "x" } })).toEqual([expect.stringContaining("dev.network: cidr is")]);
  expect(told({ dev: { network: { vpc: "x", cidr: "y" } } })).toEqual([expect.stringContaining("dev.network: vpc is")]);
  expect(told({ local: { kind: null } })).toEqual([expect.stringContaining("local: kind is null")]);
});
