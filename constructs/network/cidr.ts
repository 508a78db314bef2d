import * as ipaddr from "ipaddr.js";

/** Whether two IPv4 blocks share an address. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  return a.first <= b.last && b.first <= a.last;
}

/** Whether a block is private address space (RFC 1918), which EKS wants for services. */
export function isPrivate(cidr: string): boolean {
  const { first, last } = rangeOf(cidr);
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((block) => {
    const range = rangeOf(block);
    return range.first <= first && last <= range.last;
  });
}

/**
 * Block number `index` when `cidr` is split into blocks with `newBits` more prefix bits,
 * as Terraform's `cidrsubnet` counts.
 */
export function subnetOf(cidr: string, newBits: number, index: number): string {
  const prefix = Number(cidr.split("/")[1]) + newBits;
  const first = rangeOf(cidr).first + index * 2 ** (32 - prefix);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

function rangeOf(cidr: string): { first: number; last: number } {
  return {
    first: numberOf(ipaddr.IPv4.networkAddressFromCIDR(cidr)),
    last: numberOf(ipaddr.IPv4.broadcastAddressFromCIDR(cidr)),
  };
}

function numberOf(address: ipaddr.IPv4): number {
  return address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
