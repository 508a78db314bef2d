import fc from "fast-check";
import { isPrivate, overlap, subnetOf } from "../../../constructs/network/cidr";

/** Any block, from its number among those with the same prefix. */
const block = fc
  .integer({ min: 0, max: 32 })
  .chain((prefix) => fc.record({ prefix: fc.constant(prefix), number: fc.integer({ min: 0, max: 2 ** prefix - 1 }) }))
  .map(({ prefix, number }) => `${address(number * 2 ** (32 - prefix))}/${prefix}`);

function address(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** The address bits of a block that its prefix fixes: blocks nest exactly where one's are a beginning of the other's. */
function bits(cidr: string): string {
  const [ip = "", prefix] = cidr.split("/");
  return ip
    .split(".")
    .map((octet) => Number(octet).toString(2).padStart(8, "0"))
    .join("")
    .slice(0, Number(prefix));
}

describe("overlap", () => {
  test.each([
    ["10.0.0.0/16", "10.0.0.0/16", true],
    ["10.0.0.0/16", "10.0.255.0/24", true],
    ["10.0.255.255/32", "10.0.0.0/16", true],
    ["10.0.0.0/16", "10.1.0.0/16", false],
    ["10.0.0.0/9", "10.128.0.0/9", false],
    ["0.0.0.0/0", "255.255.255.255/32", true],
    ["127.255.255.255/32", "128.0.0.0/32", false],
  ])("of %s and %s is %s", (one, other, expected) => {
    expect(overlap(one, other)).toBe(expected);
    expect(overlap(other, one)).toBe(expected);
  });

  test("is so exactly where one block is within the other", () => {
    fc.assert(
      fc.property(block, block, (one, other) => {
        expect(overlap(one, other)).toBe(bits(one).startsWith(bits(other)) || bits(other).startsWith(bits(one)));
      }),
      { numRuns: 1000 },
    );
  });
});

test.each([
  ["10.0.0.0/8", true],
  ["10.255.255.255/32", true],
  ["172.16.0.0/12", true],
  ["172.31.255.0/24", true],
  ["192.168.0.0/16", true],
  ["9.255.255.255/32", false],
  ["11.0.0.0/32", false],
  ["10.0.0.0/7", false],
  ["172.15.255.255/32", false],
  ["172.32.0.0/32", false],
  ["172.16.0.0/11", false],
  ["192.167.255.255/32", false],
  ["192.169.0.0/32", false],
  ["192.168.0.0/15", false],
  ["100.64.0.0/10", false],
  ["0.0.0.0/0", false],
])("%s is private: %s", (cidr, expected) => {
  expect(isPrivate(cidr)).toBe(expected);
});

describe("subnetOf", () => {
  // Values of Terraform's cidrsubnet.
  test.each([
    ["10.0.0.0/16", 3, 0, "10.0.0.0/19"],
    ["10.0.0.0/16", 3, 7, "10.0.224.0/19"],
    ["10.0.0.0/16", 6, 43, "10.0.172.0/22"],
    ["172.16.0.0/12", 4, 2, "172.18.0.0/16"],
    ["192.168.1.0/24", 8, 255, "192.168.1.255/32"],
    ["255.255.0.0/16", 1, 1, "255.255.128.0/17"],
    ["10.0.0.0/16", 0, 0, "10.0.0.0/16"],
  ])("of %s with %d more bits, number %d, is %s", (cidr, newBits, index, expected) => {
    expect(subnetOf(cidr, newBits, index)).toBe(expected);
  });

  test("cuts any block into parts that are within it and apart", () => {
    const cut = block
      .filter((cidr) => Number(cidr.split("/")[1]) <= 28)
      .chain((cidr) => fc.record({ cidr: fc.constant(cidr), newBits: fc.integer({ min: 1, max: 4 }) }));
    fc.assert(
      fc.property(cut, ({ cidr, newBits }) => {
        const parts = Array.from({ length: 2 ** newBits }, (_, index) => bits(subnetOf(cidr, newBits, index)));
        expect(parts.every((part) => part.startsWith(bits(cidr)) && part.length === bits(cidr).length + newBits)).toBe(true);
        expect(new Set(parts).size).toBe(parts.length);
      }),
    );
  });
});
