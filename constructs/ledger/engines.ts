import { aYearAfter, type LedgerEntry } from "./ledger-entry";

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
