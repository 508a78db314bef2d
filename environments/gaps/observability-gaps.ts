import type { DeclaredGap } from "./declared-gap";

/** Gaps of what watches an environment. */
export const observabilityGaps: readonly DeclaredGap[] = [
  {
    what: { capability: "observability", guarantee: "encryptionAtRest", claims: ["volumeEncrypted"], environments: ["local"] },
    why: "Volumes of Kind are folders of the laptop: its own disk encryption covers them.",
    since: "2026-11-22",
  },
  {
    what: { capability: "observability", guarantee: "highAvailability", claims: ["servers"], environments: ["local", "dev", "staging"] },
    why: "A second Prometheus keeps the same series once more; outside of production an hour without metrics can be borne.",
    since: "2026-11-22",
  },
  {
    what: { capability: "observability", guarantee: "monitoring", claims: ["told"], environments: ["local"] },
    why: "Nobody is called because of a laptop: its alerts are seen in Alertmanager and Grafana.",
    since: "2026-11-22",
  },
  {
    what: { capability: "observability", guarantee: "monitoring", claims: ["signals"], environments: ["local", "dev"] },
    why: "A cache of one node is behind nobody, and the laptop's NGINX tells neither how requests ended nor how long they took; probes and workloads do.",
    since: "2026-11-22",
  },
  {
    what: { capability: "observability", guarantee: "protection", claims: ["volumesOutlive"], environments: ["local", "dev"] },
    why: "Both are disposable: they are made to be thrown away and built again.",
    since: "2026-11-22",
  },
];
