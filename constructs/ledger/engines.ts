import { aYearAfter, type LedgerEntry } from "./ledger-entry";

/** PostgreSQL, until its project ends the support of a major version (postgresql.org/support/versioning). */
function postgresql(version: string, ends: string): LedgerEntry {
  return { version, source: "https://www.postgresql.org", licence: "PostgreSQL", support: { ends, saidBy: "project" } };
}

/** What runs under the platform. Kubernetes' support is EKS' standard support (EKS user guide, Kubernetes release calendar). */
export const engines = {
  kubernetes: {
    "1.35": {
      version: "1.35",
      source: "https://kubernetes.io",
      licence: "Apache-2.0",
      support: { ends: "2027-03-27", saidBy: "project" },
    },
  },
  /** Major versions of RDS, which chooses the minor one. Its extended support, which costs extra, does not count. */
  postgresql: { "17": postgresql("17", "2029-11-08"), "18": postgresql("18", "2030-11-14") },
  /** Versions of ElastiCache. The project looks after a version for three years. */
  valkey: {
    "8.1": {
      version: "8.1",
      source: "https://valkey.io",
      licence: "BSD-3-Clause",
      support: { ends: "2028-03-31", saidBy: "project" },
    },
  },
  /** The last version of Redis that ElastiCache has. AWS names no end: somebody has to look. */
  redis: {
    "7.1": {
      version: "7.1",
      source: "https://aws.amazon.com/elasticache",
      licence: "BSD-3-Clause",
      support: aYearAfter("2026-11-22"),
    },
  },
  /** Nodes that Karpenter starts: a release of Amazon's image for EKS, which is there for every Kubernetes version in support. */
  "eks-node-image": {
    "1.35": {
      version: "v20260930",
      source: "https://github.com/awslabs/amazon-eks-ami",
      licence: "MIT-0",
      support: aYearAfter("2026-09-30"),
    },
  },
  /** Types of the Gateway API, in `charts/gateway-api`: those that Envoy Gateway 1.9 is built with; NGINX Gateway Fabric takes any 1.x. */
  "gateway-api": {
    "1.6": {
      version: "v1.6.1",
      source: "https://github.com/kubernetes-sigs/gateway-api",
      licence: "Apache-2.0",
      support: aYearAfter("2026-07-16"),
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, LedgerEntry>>>>;
