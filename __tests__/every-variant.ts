import type { Application } from "../applications/application";
import type { Environment, EnvironmentName } from "../environments/environment";
import { environmentNames } from "../environments/environment";
import { loadEnvironments } from "../environments/load";
import { committedWith, type Changes } from "./environments/changed";
import { everyKind } from "./every-kind";
import { only, type SynthesizedResource } from "./synthesized";
import { synthesizedEnvironments, type SynthesizedEnvironments } from "./stacks/synthesized-environments";

/** An environment as it is committed, or with something switched on that no committed one has. */
interface Variant {
  readonly name: string;
  readonly environment: EnvironmentName;
  readonly changes: Changes;
  /** What it runs. @default the committed applications */
  readonly applications?: readonly Application[];
}

/** A key that nothing was ever signed with. */
const signingKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE3X7e/8lxUIytzKSXmwNFAc4+kogP
wUXtkB/Un3+OPYKkPrms81hGPFsxp01yMR5xOwfkayOY30heblBeI3WDng==
-----END PUBLIC KEY-----
`;

const subnet = (index: number) => `subnet-0123456789abcde${index.toString(16)}f`;
const existingVpc = {
  vpc: "existing",
  vpcId: "vpc-0123456789abcdef0",
  cidr: "10.10.0.0/16",
  subnetIds: {
    public: [subnet(0), subnet(1)],
    private: [subnet(2), subnet(3)],
    data: [subnet(4), subnet(5)],
    intra: [subnet(6), subnet(7)],
  },
};

/** What a bucket may have, but for its name. */
const everyBucketOption = {
  keepVersionsDays: 7,
  archiveAfterDays: 60,
  expireAfterDays: 365,
  intelligentTiering: true,
  retentionDays: 30,
  cors: [{ origins: ["https://app.example.com"], methods: ["GET", "PUT"] }],
};

/** Those that the committed applications use. */
const bucketsOfApplications = ["models", "datasets", "search"].map((name) => ({ name, keepVersionsDays: 1 }));

/** Databases and caches with what no committed environment has. */
const dataVariants: readonly Variant[] = [
  {
    name: "local with everything that keeps data",
    environment: "local",
    changes: {
      "observability.profiles": { retentionDays: 3 },
      "database.readReplicas": 2,
      "database.pooling": true,
      "database.seedFile": "__tests__/seed.sql",
      "cache.topology": { kind: "replicated", replicas: 2 },
      "objectStore.buckets": [{ name: "data", ...everyBucketOption }, ...bucketsOfApplications],
    },
  },
  {
    name: "local with shards of Redis, without backups",
    environment: "local",
    changes: {
      backupRetentionDays: 0,
      "database.version": "18",
      "database.upkeep": [],
      "database.extensions": [],
      "cache.engine": "redis",
      "cache.topology": { kind: "clustered", shards: 3, replicas: 1 },
      "cache.persistence": false,
    },
  },
  {
    name: "dev with everything that keeps data",
    environment: "dev",
    changes: {
      amp: { workspaceId: "ws-01234567-89ab-cdef-0123-456789abcdef" },
      "observability.profiles": { retentionDays: 3 },
      "database.readReplicas": 1,
      "database.pooling": true,
      "database.seedFile": "__tests__/seed.sql",
      "database.storageGib": 100,
      "rds.storage": { type: "io2", maxGib: 200, iops: 3000 },
      "rds.archive": { keepDays: 365, coldAfterDays: 30 },
      "cache.topology": { kind: "clustered", shards: 3, replicas: 1 },
      "objectStore.buckets": [{ name: "data", ...everyBucketOption }, ...bucketsOfApplications],
      "s3.replication": {
        region: "eu-west-1",
        accountId: "000000000009",
        keyArn: "arn:aws:kms:eu-west-1:000000000009:key/01234567-89ab-cdef-0123-456789abcdef",
      },
    },
  },
  {
    name: "dev with Redis, without backups",
    environment: "dev",
    changes: {
      backupRetentionDays: 0,
      "database.version": "18",
      "database.upkeep": [],
      "database.extensions": [],
      "rds.monitoringSeconds": 0,
      "cache.engine": "redis",
      "cache.persistence": false,
      "cache.snapshotRetentionDays": 0,
    },
  },
];

/** Applications with what no committed one has. */
const applicationVariants: readonly Variant[] = [
  { name: "local with every kind of workload", environment: "local", changes: {}, applications: Object.values(everyKind) },
  {
    name: "dev with every kind of workload",
    environment: "dev",
    changes: {
      versions: { "shop/web": `sha256:${"1".repeat(64)}` },
      "cache.topology": { kind: "clustered", shards: 3, replicas: 1 },
    },
    applications: Object.values(everyKind),
  },
];

/** Everything that can be built, each part at least once: whoever adds an option adds it here. */
const everyVariant: readonly Variant[] = [
  ...environmentNames.map((environment) => ({ name: environment, environment, changes: {} })),
  { name: "local with Envoy Gateway", environment: "local", changes: { "ingress.gateway": "envoy" } },
  { name: "local without monitoring", environment: "local", changes: { monitoring: false } },
  { name: "local with room", environment: "local", changes: { "development.minimalResources": false } },
  { name: "local with sealed secrets", environment: "local", changes: { sealedSecrets: true } },
  { name: "local that enforces policies", environment: "local", changes: { "policies.mode": "enforce" } },
  { name: "dev with IRSA", environment: "dev", changes: { identity: "irsa" } },
  { name: "dev with sealed secrets", environment: "dev", changes: { sealedSecrets: true } },
  { name: "dev with external-dns", environment: "dev", changes: { "ingress.externalDns": true } },
  { name: "dev without WAF", environment: "dev", changes: { "ingress.waf": { rules: "none" } } },
  { name: "dev for the VPC alone", environment: "dev", changes: { "ingress.access": "vpc" } },
  { name: "dev with signed images", environment: "dev", changes: { "policies.signingKeys": [signingKey] } },
  { name: "dev in a VPC of somebody else's", environment: "dev", changes: { network: existingVpc } },
  {
    name: "dev at all hours without overflow",
    environment: "dev",
    changes: { offHours: undefined, "cluster.nodeGroups.0.overflow": undefined },
  },
  ...dataVariants,
  ...applicationVariants,
  { name: "prod with signed images", environment: "prod", changes: { "policies.signingKeys": [signingKey] } },
];

/** A variant as it was synthesized. */
export interface SynthesizedVariant extends SynthesizedEnvironments {
  readonly name: string;
  readonly environment: Environment;
  /** Every resource of every stack. */
  readonly resources: readonly SynthesizedResource[];
}

const synthesized = new Map<string, SynthesizedVariant>();

/** Every variant. */
export function synthesizedVariants(): readonly SynthesizedVariant[] {
  return everyVariant.map(synthesizedOnce);
}

function synthesizedOnce({ name, environment, changes, ...given }: Variant): SynthesizedVariant {
  const known = synthesized.get(name);
  if (known !== undefined) return known;
  const loaded = loadEnvironments({
    names: [environment],
    variables: {},
    committed: committedWith({ [environment]: changes }),
    ...given,
  });
  const written = synthesizedEnvironments(loaded, `variant ${name}`);
  const resources = Object.values(written.stacks).flatMap((stack) => stack.resources);
  const variant = { ...written, name, environment: only(loaded.environments, name), resources };
  synthesized.set(name, variant);
  return variant;
}
