import { subnetOf } from "./cidr";

/** What subnets of a VPC are for. */
export const subnetTiers = ["public", "private", "data", "intra"] as const;
export type SubnetTier = (typeof subnetTiers)[number];

/**
 * How a VPC is cut, as bits added to its prefix and the number of the first block. There is room for four zones
 * in each tier, so that a zone can be added without moving anything. In a /16: private subnets are /19
 * (8,187 pods and nodes each), the others /22; the last quarter stays free.
 */
const layout: Readonly<Record<SubnetTier, { readonly newBits: number; readonly first: number }>> = {
  private: { newBits: 3, first: 0 },
  public: { newBits: 6, first: 32 },
  data: { newBits: 6, first: 36 },
  intra: { newBits: 6, first: 40 },
};

/** Block of a tier's subnet in the zone with the given position. */
export function subnetCidr(vpcCidr: string, tier: SubnetTier, zoneIndex: number): string {
  const { newBits, first } = layout[tier];
  return subnetOf(vpcCidr, newBits, first + zoneIndex);
}
