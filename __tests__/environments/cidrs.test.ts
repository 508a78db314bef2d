import fc from "fast-check";
import type { EnvironmentName } from "../../environments/environment";
import { refusals, type Changes } from "./changed";

interface Field {
  readonly environment: EnvironmentName;
  readonly path: string;
  readonly min: number;
  readonly max: number;
  readonly make?: (cidr: string) => unknown;
}

const existing = { vpc: "existing", vpcId: "vpc-0123456789abcdef0", subnetIds: subnets(["public", "private", "data", "intra"], 2) };

/** Blocks with the shortest and the longest prefix that they may have. */
const fields: readonly Field[] = [
  { environment: "dev", path: "network.cidr", min: 16, max: 20 },
  { environment: "dev", path: "network", min: 16, max: 28, make: (cidr) => ({ ...existing, cidr }) },
  { environment: "dev", path: "cluster.serviceCidr", min: 12, max: 24 },
  { environment: "dev", path: "cluster.endpoint.cidrs", min: 16, max: 32, make: (cidr) => [cidr] },
  { environment: "staging", path: "cluster.endpoint.reach.cidrs", min: 8, max: 32, make: (cidr) => [cidr] },
  { environment: "local", path: "kind.podCidr", min: 12, max: 20 },
  { environment: "local", path: "kind.serviceCidr", min: 12, max: 24 },
];

describe.each(fields)("$environment: $path", ({ environment, path, min, max, make = (cidr) => cidr }) => {
  // Far from every other block of the environments; without a prefix below 8 the first octet stands.
  const told = (cidr: string) => refusals(environment, { [path]: make(cidr), ...apart(path) });

  test(`takes prefixes from /${min} to /${max}`, () => {
    for (const prefix of [min, min + 1, max - 1, max]) expect(told(blockOf(prefix))).toEqual([]);
  });

  test("fails when the prefix is one beyond a limit, or wider than any", () => {
    for (const prefix of [min - 1, max + 1, 0].filter((value) => value <= 32)) {
      expect(told(blockOf(prefix))).toContainEqual(expect.stringMatching(/must be a block (from \/\d+ to \/\d+|of \/16 or smaller)/));
    }
  });

  test("fails when host bits are set, which AWS would clear without a word", () => {
    const prefixes = fc.integer({ min, max: Math.min(max, 31) });
    fc.assert(
      fc.property(prefixes, (prefix) => {
        const host = blockOf(prefix).replace(/\d+\//, (last) => `${Number.parseInt(last) + 1}/`);
        expect(told(host)).toEqual([expect.stringContaining(`is "${host}", must be a block without host bits`)]);
      }),
    );
  });

  test.each([
    "",
    "10.0.0.0",
    "10.0.0.0/",
    "/16",
    "10.0.0/16",
    "10.0.0.0.0/16",
    "10.0.0.256/16",
    "010.0.0.0/16",
    "0x0a.0.0.0/16",
    "10.0.0.0/016",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/1e1",
    "10.0.0.0/16/9",
    "10.0.0.0/16 ",
    "10.0.0.0/16\n",
    "10.0.0.0-10.1",
    "::/16",
    "fd00::/16",
    "\uff11\uff10.0.0.0/16",
  ])("fails when the block is %j", (cidr) => {
    const last = Array.isArray(make(cidr)) ? "cidrs.0" : path.endsWith("etwork") ? "cidr" : path.split(".").at(-1);
    expect(told(cidr)).toEqual([expect.stringMatching(`: ${last} is .*, must be (an IPv4 block|text that is not empty|printable ASCII)`)]);
  });
});

test("fails when a service block is no private address space", () => {
  const expected = [expect.stringContaining("must be private address space (RFC 1918)")];
  for (const cidr of ["100.64.0.0/16", "172.32.0.0/16", "192.169.0.0/16", "11.0.0.0/16"]) {
    expect(refusals("dev", { "cluster.serviceCidr": cidr })).toEqual(expected);
    expect(refusals("local", { "kind.podCidr": cidr })).toEqual(expected);
    expect(refusals("local", { "kind.serviceCidr": cidr })).toEqual(expected);
  }
});

test("fails when a service block overlaps with the VPC", () => {
  for (const cidr of ["10.10.0.0/16", "10.10.255.0/24", "10.0.0.0/12"]) {
    expect(refusals("dev", { "cluster.serviceCidr": cidr })).toEqual([
      `dev.cluster: serviceCidr is "${cidr}", must be apart from the VPC's 10.10.0.0/16; choose another block`,
    ]);
  }
  expect(refusals("dev", { "cluster.serviceCidr": "10.11.0.0/16" })).toEqual([]);
});

test("fails when blocks behind the VPN overlap with the VPC or the service block, and names the block", () => {
  expect(refusals("staging", { "cluster.endpoint.reach.cidrs": ["10.250.0.0/16", "10.20.4.0/24", "172.16.0.0/12"] })).toEqual([
    'staging.cluster.endpoint.reach: cidrs.1 is "10.20.4.0/24", must be apart from the VPC\'s 10.20.0.0/16; change one of the two blocks',
    'staging.cluster.endpoint.reach: cidrs.2 is "172.16.0.0/12", must be apart from serviceCidr 172.20.0.0/16; change one of the two blocks',
  ]);
});

test("fails when a block is listed twice", () => {
  expect(refusals("dev", { "cluster.endpoint.cidrs": ["203.0.113.0/24", "198.51.100.0/24", "203.0.113.0/24"] })).toEqual([
    'dev.cluster.endpoint: cidrs.2 is "203.0.113.0/24", must be different from cidrs.0; remove the repetition',
  ]);
  expect(refusals("staging", { "cluster.endpoint.reach.cidrs": ["10.250.0.0/16", "10.250.0.0/16"] })).toHaveLength(1);
});

test("fails when pods and services of the laptop's cluster overlap", () => {
  expect(refusals("local", { "kind.serviceCidr": "10.244.128.0/20" })).toEqual([
    'local.kind: serviceCidr is "10.244.128.0/20", must be apart from podCidr 10.244.0.0/16; choose another block',
  ]);
});

/** Block with the given prefix, private where there is a private one of that size. */
function blockOf(prefix: number): string {
  if (prefix === 0) return "0.0.0.0/0";
  if (prefix < 8) return `64.0.0.0/${prefix}`;
  return `10.${prefix < 12 ? 0 : 64}.0.0/${prefix}`;
}

/** What has to make room for blocks of any size below 10.0.0.0/8. */
function apart(path: string): Changes {
  const vpc = { "network.cidr": "172.31.0.0/16" };
  return path === "cluster.serviceCidr" || path.endsWith("reach.cidrs") ? vpc : {};
}

function subnets(tiers: readonly string[], zones: number): Readonly<Record<string, readonly string[]>> {
  const id = (tier: number, zone: number) => `subnet-0000000000000${tier}${zone}00`;
  return Object.fromEntries(tiers.map((tier, number) => [tier, Array.from({ length: zones }, (_, zone) => id(number, zone))]));
}
