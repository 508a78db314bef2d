import type { DataSize } from "../../environments/data-fields";

/** A type of nodes of ElastiCache. */
export interface ElastiCacheNodeType {
  /** Whether it lives on credits: it slows down when they are used up. */
  readonly burstable: boolean;
  /** Clients that a node takes at a time (`maxclients`, which cannot be changed). */
  readonly connections: number;
}

/** Clients of burstable types (ElastiCache user guide, "Engine specific parameters"). */
const burstableTypes = {
  "cache.t3.micro": 20_000,
  "cache.t3.small": 46_000,
  "cache.t3.medium": 46_000,
  "cache.t4g.micro": 20_000,
  "cache.t4g.small": 65_000,
  "cache.t4g.medium": 65_000,
} as const;

const gravitonSizes = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"] as const;
const intelSizes = ["large", "xlarge", "2xlarge", "4xlarge", "12xlarge", "24xlarge"] as const;

const families = {
  m5: intelSizes,
  m6g: gravitonSizes,
  m7g: gravitonSizes,
  r5: intelSizes,
  r6g: gravitonSizes,
  r7g: gravitonSizes,
  c7gn: gravitonSizes,
} as const;

/**
 * Types that ElastiCache has for Valkey and for Redis (ElastiCache user guide, "Supported node types"). Not every region has all of
 * them. Left out: older ones, those that only Valkey has (eighth generation), and those that keep data on disks (r6gd).
 */
export const elasticacheNodeTypes: Readonly<Record<string, ElastiCacheNodeType>> = Object.fromEntries([
  ...Object.entries(burstableTypes).map(([type, connections]) => [type, { burstable: true, connections }] as const),
  ...Object.entries(families).flatMap(([family, sizes]) =>
    sizes.map((size) => [`cache.${family}.${size}`, { burstable: false, connections: 65_000 }] as const),
  ),
]);

/** The type of each size: 1, 6 and 26 GiB of memory for keys. Graviton costs the least for what it does. */
export const nodeTypeOfSize: Readonly<Record<DataSize, string>> = {
  small: "cache.t4g.small",
  medium: "cache.m7g.large",
  large: "cache.r7g.xlarge",
};
