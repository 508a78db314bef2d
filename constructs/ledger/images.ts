import { aYearAfter, type LedgerEntries, type LedgerEntry } from "./ledger-entry";

/** An image of our own pods or of Kind's nodes, by its name without a tag. */
function image(source: string, version: string, released: string, licence = "Apache-2.0"): LedgerEntry {
  return { source, version, licence, support: aYearAfter(released) };
}

/** Images that no chart brings. Who runs one, an environment or a construct, pins it by digest as well. */
const images = {
  "docker.io/kindest/node": {
    ...image("https://github.com/kubernetes-sigs/kind", "v1.35.0", "2025-12-18"),
    support: { ends: "2027-02-28", saidBy: "project" }, // Kubernetes' own, which ends before that of EKS
  },
  "docker.io/pgsty/silo": image("https://github.com/pgsty/silo", "RELEASE.2026-09-16T00-00-00Z", "2026-09-16", "AGPL-3.0-only"),
  "docker.io/library/registry": image("https://github.com/distribution/distribution", "3.1.2", "2026-08-01"),
  "nvcr.io/nvidia/k8s-device-plugin": image("https://github.com/NVIDIA/k8s-device-plugin", "v0.20.0", "2026-08-20"),
} satisfies Readonly<Record<string, LedgerEntry>>;

/** The line of an image, when it is the version that the ledger knows; somebody's own choice has none. */
export function imageEntries(image: string): LedgerEntries {
  const [, name = "", tag = ""] = /^([^@]+):([^:@]+)/.exec(image) ?? [];
  const entry = (images as Readonly<Record<string, LedgerEntry>>)[name];
  return entry?.version === tag ? { [name]: entry } : {};
}
