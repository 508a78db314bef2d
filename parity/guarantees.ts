/** What a capability guarantees to who uses it, and its title in the report. */
export const guaranteeTitles = {
  tlsInTransit: "TLS in transit",
  encryptionAtRest: "encryption at rest",
  authentication: "authentication",
  highAvailability: "high availability",
  backup: "backup",
  pointInTime: "point in time",
  isolation: "isolation",
  monitoring: "monitoring",
  protection: "protection",
} as const;

export type Guarantee = keyof typeof guaranteeTitles;

/** The guarantees in the order of the report. */
export const guarantees = Object.keys(guaranteeTitles) as readonly Guarantee[];

/** What the report judges, in its order. */
export const capabilityNames = [
  "database",
  "cache",
  "objectStore",
  "stateStore",
  "registry",
  "secretStore",
  "cluster",
  "ingress",
  "observability",
] as const;

export type CapabilityName = (typeof capabilityNames)[number];
