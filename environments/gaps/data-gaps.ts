import type { DeclaredGap } from "./declared-gap";

/** Gaps of databases, caches and buckets. */
export const dataGaps: readonly DeclaredGap[] = [
  {
    what: {
      capability: "database",
      guarantee: "encryptionAtRest",
      claims: ["volumeEncrypted", "keyRotated"],
      environments: ["local"],
    },
    why: "Volumes of Kind are folders of the laptop: its own disk encryption covers them, and no key service is there.",
    since: "2026-11-22",
  },
  {
    what: { capability: "database", guarantee: "highAvailability", claims: ["standby"], environments: ["local", "dev", "staging"] },
    why: "A standby doubles the price, and outside of production an outage can be borne; `highlyAvailable` is the switch to try it.",
    since: "2026-11-22",
  },
  {
    what: { capability: "database", guarantee: "backup", claims: ["archived"], environments: ["local", "dev", "staging"] },
    why: "Only data of production have to be kept for years.",
    since: "2026-11-22",
  },
  {
    what: { capability: "database", guarantee: "protection", claims: ["destroyRefused"], environments: ["local", "dev"] },
    why: "Both are disposable: they are made to be thrown away and built again.",
    since: "2026-11-22",
  },
  {
    what: { capability: "database", guarantee: "protection", claims: ["backupsOutlive"], environments: ["dev"] },
    why: "Dev is disposable: a last snapshot of every throw-away database would be paid for forever.",
    since: "2026-11-22",
  },
  {
    what: { capability: "cache", guarantee: "encryptionAtRest", claims: ["volumeEncrypted", "keyRotated"], environments: ["local"] },
    why: "Volumes of Kind are folders of the laptop: its own disk encryption covers them, and no key service is there.",
    since: "2026-11-22",
  },
  {
    what: { capability: "cache", guarantee: "highAvailability", claims: ["failover"], environments: ["local", "dev"] },
    why: "One node is enough to develop with; the other topologies can be tried by configuration.",
    since: "2026-11-22",
  },
  {
    what: { capability: "cache", guarantee: "backup", claims: ["kept"], environments: ["local"] },
    why: "What a laptop has cached can be computed again; its log of writes outlives a restart.",
    since: "2026-11-22",
  },
  {
    what: { capability: "cache", guarantee: "protection", claims: ["destroyRefused", "lastSnapshot"], environments: ["local", "dev"] },
    why: "Both are disposable: they are made to be thrown away and built again.",
    since: "2026-11-22",
  },
  {
    what: {
      capability: "objectStore",
      guarantee: "tlsInTransit",
      claims: ["plainTextRefused", "endpointIsHttps"],
      environments: ["local"],
    },
    why: "Terraform needs the server before there is anybody who signs certificates; its traffic stays on the laptop.",
    since: "2026-11-22",
  },
  {
    what: { capability: "objectStore", guarantee: "encryptionAtRest", claims: ["keyRotated"], environments: ["local"] },
    why: "Objects are encrypted, under one key that stays: changing it would take a key server of its own.",
    since: "2026-11-22",
  },
  {
    what: { capability: "objectStore", guarantee: "highAvailability", claims: ["severalCopies"], environments: ["local"] },
    why: "Four servers on one disk would be lost together.",
    since: "2026-11-22",
  },
  {
    what: { capability: "objectStore", guarantee: "monitoring", claims: ["requestsLogged"], environments: ["local"] },
    why: "The only user of a laptop knows what was asked; a log of it would need a receiver of its own.",
    since: "2026-11-22",
  },
  {
    what: { capability: "objectStore", guarantee: "protection", claims: ["lossRefused"], environments: ["local", "dev"] },
    why: "Both are disposable: they are made to be thrown away and built again.",
    since: "2026-11-22",
  },
];
