import type { DeclaredGap } from "./declared-gap";

/** Gaps of what stands below them: states, images, secrets, the cluster and its door. */
export const platformGaps: readonly DeclaredGap[] = [
  {
    what: { capability: "stateStore", guarantee: "tlsInTransit", claims: ["plainTextRefused"], environments: ["local"] },
    why: "Terraform needs the server before there is anybody who signs certificates; its traffic stays on the laptop.",
    since: "2026-11-22",
  },
  {
    what: { capability: "stateStore", guarantee: "encryptionAtRest", claims: ["keyRotated"], environments: ["local"] },
    why: "States are encrypted, under one key that stays: changing it would take a key server of its own.",
    since: "2026-11-22",
  },
  {
    what: { capability: "stateStore", guarantee: "highAvailability", claims: ["severalCopies"], environments: ["local"] },
    why: "Four servers on one disk would be lost together.",
    since: "2026-11-22",
  },
  {
    what: { capability: "stateStore", guarantee: "monitoring", claims: ["requestsLogged"], environments: ["local"] },
    why: "The only user of a laptop knows what was asked; a log of it would need a receiver of its own.",
    since: "2026-11-22",
  },
  {
    what: { capability: "stateStore", guarantee: "protection", claims: ["lossRefused"], environments: ["local"] },
    why: "Cluster, states and what they describe are lost together, and built again by one command.",
    since: "2026-11-22",
  },
  {
    what: { capability: "registry", guarantee: "tlsInTransit", claims: ["overTls"], environments: ["local"] },
    why: "The address is localhost: images never leave the laptop, and Docker asks for no certificate there.",
    since: "2026-11-22",
  },
  {
    what: { capability: "registry", guarantee: "encryptionAtRest", claims: ["encrypted", "keyRotated"], environments: ["local"] },
    why: "Volumes of Kind are folders of the laptop: its own disk encryption covers them, and no key service is there.",
    since: "2026-11-22",
  },
  {
    what: { capability: "registry", guarantee: "authentication", claims: ["named"], environments: ["local"] },
    why: "The port listens on loopback: whoever reaches it sits at the laptop, and would be signed in anyway.",
    since: "2026-11-22",
  },
  {
    what: { capability: "registry", guarantee: "highAvailability", claims: ["severalCopies"], environments: ["local"] },
    why: "Images that are lost are built and pushed again.",
    since: "2026-11-22",
  },
  {
    what: { capability: "registry", guarantee: "monitoring", claims: ["scanned"], environments: ["local"] },
    why: "Images are scanned where they are pushed for others to run them.",
    since: "2026-11-22",
  },
  {
    what: { capability: "registry", guarantee: "protection", claims: ["immutable"], environments: ["local"] },
    why: "Who develops pushes the same tag again and again.",
    since: "2026-11-22",
  },
  {
    what: { capability: "registry", guarantee: "protection", claims: ["destroyRefused"], environments: ["local", "dev"] },
    why: "Both are disposable: they are made to be thrown away and built again.",
    since: "2026-11-22",
  },
  {
    what: { capability: "secretStore", guarantee: "encryptionAtRest", claims: ["ownKey", "keyRotated"], environments: ["local"] },
    why: "Kind has no key service: secrets are in etcd, in a folder of the laptop, which its own disk encryption covers.",
    since: "2026-11-22",
  },
  {
    what: { capability: "secretStore", guarantee: "highAvailability", claims: ["operators"], environments: ["local", "dev", "staging"] },
    why: "Copies stay when the operator is away, and it is back within a minute; production does not wait for that.",
    since: "2026-11-22",
  },
  {
    what: { capability: "secretStore", guarantee: "protection", claims: ["recoverable"], environments: ["local", "dev"] },
    why: "Both are disposable: a deleted secret that blocks its name would keep them from being built again.",
    since: "2026-11-22",
  },
  {
    what: {
      capability: "cluster",
      guarantee: "encryptionAtRest",
      claims: ["secretsEncrypted", "volumesEncrypted"],
      environments: ["local"],
    },
    why: "Nodes of Kind are containers: their disks are folders of the laptop, which its own disk encryption covers.",
    since: "2026-11-22",
  },
  {
    what: { capability: "cluster", guarantee: "highAvailability", claims: ["nodes"], environments: ["local", "dev"] },
    why: "One node is enough to develop with, and dev goes down to none at night.",
    since: "2026-11-22",
  },
  {
    what: { capability: "cluster", guarantee: "monitoring", claims: ["logsKept"], environments: ["local"] },
    why: "Logs of the control plane are in a container of the laptop, and go with the cluster.",
    since: "2026-11-22",
  },
  {
    what: { capability: "cluster", guarantee: "protection", claims: ["destroyRefused"], environments: ["local", "dev"] },
    why: "Both are disposable: they are made to be thrown away and built again.",
    since: "2026-11-22",
  },
  {
    what: { capability: "ingress", guarantee: "highAvailability", claims: ["zones"], environments: ["local"] },
    why: "One proxy is enough for one person.",
    since: "2026-11-22",
  },
  {
    what: { capability: "ingress", guarantee: "isolation", claims: ["filtered"], environments: ["local"] },
    why: "The ports listen on loopback: nobody else sends requests.",
    since: "2026-11-22",
  },
  {
    what: { capability: "ingress", guarantee: "monitoring", claims: ["requestsLogged"], environments: ["local"] },
    why: "The log of the proxy's pod is at hand; nobody keeps it.",
    since: "2026-11-22",
  },
  {
    what: { capability: "ingress", guarantee: "protection", claims: ["destroyRefused"], environments: ["local", "dev"] },
    why: "Both are disposable: they are made to be thrown away and built again.",
    since: "2026-11-22",
  },
];
