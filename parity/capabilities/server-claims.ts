import type { Claims } from "../capability";

/** What every server guarantees that workloads connect to, whatever it serves. */
export const serverClaims = {
  isolation: {
    denied: { summary: "pods of its namespace talk to nobody by default" },
    peersNamed: { summary: "whatever lets them talk says with whom" },
    onlyCluster: { summary: "it is reached from the cluster only" },
  },
  monitoring: {
    watched: { summary: "everything in constructs/monitoring/watches.ts is watched" },
    told: { summary: "somebody is told" },
  },
} as const satisfies Claims;
