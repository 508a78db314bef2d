import type { LedgerEntry } from "./ledger-entry";

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
} as const satisfies Readonly<Record<string, Readonly<Record<string, LedgerEntry>>>>;
