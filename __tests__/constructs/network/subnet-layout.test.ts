import fc from "fast-check";
import { overlap } from "../../../constructs/network/cidr";
import { subnetCidr, subnetTiers } from "../../../constructs/network/subnet-layout";

const mostZones = 4; // the schema takes no more

const subnetsOf = (vpcCidr: string) =>
  subnetTiers.flatMap((tier) => Array.from({ length: mostZones }, (_, zone) => subnetCidr(vpcCidr, tier, zone)));

const prefixOf = (cidr: string) => Number(cidr.split("/")[1]);

test("a /16 is cut as documented", () => {
  expect(Object.fromEntries(subnetTiers.map((tier) => [tier, [0, 1, 2, 3].map((zone) => subnetCidr("10.30.0.0/16", tier, zone))]))).toEqual(
    {
      private: ["10.30.0.0/19", "10.30.32.0/19", "10.30.64.0/19", "10.30.96.0/19"],
      public: ["10.30.128.0/22", "10.30.132.0/22", "10.30.136.0/22", "10.30.140.0/22"],
      data: ["10.30.144.0/22", "10.30.148.0/22", "10.30.152.0/22", "10.30.156.0/22"],
      intra: ["10.30.160.0/22", "10.30.164.0/22", "10.30.168.0/22", "10.30.172.0/22"],
    },
  );
});

test("the last quarter of a VPC stays free", () => {
  for (const subnet of subnetsOf("10.30.0.0/16")) expect(overlap(subnet, "10.30.192.0/18")).toBe(false);
});

test("subnets of every VPC that the schema takes are within it, apart, and large enough for EKS", () => {
  const vpc = fc
    .integer({ min: 16, max: 20 })
    .chain((prefix) => fc.integer({ min: 0, max: 2 ** (prefix - 8) - 1 }).map((number) => ({ prefix, first: number * 2 ** (32 - prefix) })))
    .map(({ prefix, first }) => `10.${Math.floor(first / 65536) % 256}.${Math.floor(first / 256) % 256}.0/${prefix}`);
  fc.assert(
    fc.property(vpc, (cidr) => {
      const subnets = subnetsOf(cidr);
      for (const [index, subnet] of subnets.entries()) {
        expect(overlap(subnet, cidr) && prefixOf(subnet) > prefixOf(cidr)).toBe(true);
        expect(prefixOf(subnet)).toBeLessThanOrEqual(26); // 59 addresses are free; EKS advises 16, AWS allows /28
        expect(subnets.slice(0, index).some((other) => overlap(subnet, other))).toBe(false);
      }
    }),
  );
});
