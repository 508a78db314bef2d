import type { LocalEnvironment } from "./environment";

/** The laptop: the whole platform in one Kind cluster, disposable at any time. */
export const local: LocalEnvironment = {
  name: "local",
  target: "local",
  project: "ml-platform",
  owner: "platform-team",
  costCenter: "engineering",
  tags: {},
  domain: "ml-platform.localhost",
  monitoring: false,
  highlyAvailable: false,
  disposable: true,
  deletionProtection: false,
  backupRetentionDays: 0,
  images: ["api", "worker"],
  policies: { mode: "audit", trustedRegistries: [], signingKeys: [] },
  sealedSecrets: false,
  quotas: {},
  addonValues: {},
  kind: {
    nodeImage: "docker.io/kindest/node:v1.35.0@sha256:452d707d4862f52530247495d180205e029056831160e22870e37e3f6c1ac31f",
    podCidr: "10.244.0.0/16",
    serviceCidr: "10.96.0.0/16",
    hostPorts: { http: 8080, https: 8443, registry: 5001, objectStore: 9000 },
    nodeGroups: [
      { name: "general", placements: ["general"], labels: {}, taints: [], nodes: 1 },
      { name: "compute", placements: ["compute"], labels: {}, taints: [], nodes: 1 },
      {
        name: "training",
        placements: ["training"],
        labels: { accelerator: "nvidia" },
        taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
        nodes: 1,
      },
      { name: "data-processing", placements: ["data-processing"], labels: {}, taints: [], nodes: 1 },
    ],
  },
  development: { minimalResources: true, allowInsecure: true },
  ingress: { gateway: "nginx", timeoutSeconds: 60 },
  stateStore: {
    image: "docker.io/pgsty/silo:RELEASE.2026-09-16T00-00-00Z@sha256:635197cb9f36d01bee221d34d1c7d7960f6a95c48b0b6c01d99cd13bdae51a46",
    storageGib: 5,
  },
  registry: {
    image: "docker.io/library/registry:3.1.2@sha256:ddf754342cfc8acc51a56d5d0ab6af06826461864460636d8bd5c546dab2a7b8",
    storageGib: 20,
  },
};
