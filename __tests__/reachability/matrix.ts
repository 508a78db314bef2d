import { observability } from "./observability-rows";

/**
 * Who reaches whom, written by hand. It is not derived from anything: whoever opens a path writes it here, too, and whoever finds one
 * that should not be there takes it away in both places. What is missing here may not be reachable, and what is here has to be.
 */

export type Target = "local" | "aws";

/** What has a role, and where it is. */
export interface Role {
  /** Pods by their names, types of what AWS runs, or places. */
  readonly nodes: readonly string[];
  /** @default each row says it */
  readonly ports?: readonly string[];
  /** Place that it has its addresses in. Policies go by addresses: whoever may talk to it may talk to whatever else is there. */
  readonly within?: string;
}

/** Roles by their names. */
export const roles: Readonly<Record<string, Partial<Record<Target, Role>>>> = {
  gateway: {
    local: { nodes: ["gateway/gateway"], ports: ["80", "443"] },
    aws: { nodes: ["aws_lb"], ports: ["80", "443"], within: "public subnets" },
  },
  database: {
    local: { nodes: ["database/database"], ports: ["5432"] },
    aws: { nodes: ["aws_db_instance", "aws_db_proxy"], ports: ["5432"], within: "data subnets" },
  },
  cache: {
    local: { nodes: ["cache/cache"], ports: ["6379"] },
    aws: { nodes: ["aws_elasticache_replication_group"], ports: ["6379"], within: "data subnets" },
  },
  "object store": {
    local: { nodes: ["state-store/minio"], ports: ["9000"] },
    aws: { nodes: ["aws_vpc_endpoint"], ports: ["443"], within: "intra subnets" },
  },
  dns: {
    local: { nodes: ["kube-system/coredns"], ports: ["53", "53/UDP"] },
    aws: { nodes: ["kube-system/coredns"], ports: ["53", "53/UDP"] },
  },
  "identity agent": { aws: { nodes: ["pod identity agent"], ports: ["80"] } },
  "api server": {
    // Docker chooses its address, so policies go by all that are private.
    local: { nodes: ["service addresses", "other private addresses"], ports: ["443", "6443"] },
    aws: { nodes: ["aws_eks_cluster"], ports: ["443"], within: "intra subnets" },
  },
};

/** Namespaces of the applications: everybody is looked at who reaches their pods, or is reached by them. */
export const applications: readonly string[] = ["ml-platform", "search", "sre-portal"];

/** Namespaces of what watches the platform: everybody is looked at who reaches their pods, or is reached by them, as it is with applications. */
export const observers: readonly string[] = ["monitoring", "alloy", "opentelemetry-operator", "data-metrics"];

/** Roles of which everybody is looked at who reaches them. On AWS the VPC reaches the endpoints, who ask for an identity. */
export const entered: Readonly<Record<Target, readonly string[]>> = {
  local: ["gateway", "database", "cache", "object store"],
  aws: ["gateway", "database", "cache"],
};

/** Somebody reaches somebody. Ends are roles, or names of pods or places, or types of what AWS runs. */
export interface Row {
  readonly from: string | readonly string[];
  readonly to: string | readonly string[];
  /** @default those of the role that is reached */
  readonly ports?: readonly string[];
  /** Only some of the addresses are reached. @default all */
  readonly part?: true;
  /** @default both */
  readonly on?: Target;
  /** The only environment that has it. @default all */
  readonly environment?: string;
  /** Why, where no application asks for it. */
  readonly why?: string;
}

const mlPlatform: readonly Row[] = [
  { from: "gateway", to: "ml-platform/frontend", ports: ["8080"] },
  { from: ["gateway", "ml-platform/frontend"], to: "ml-platform/backend", ports: ["8000"] },
  { from: "ml-platform/backend", to: ["database", "cache", "object store"] },
  { from: "ml-platform/backend-schema", to: ["database", "cache", "object store"], why: "a migration may do what its workload may" },
  { from: ["ml-platform/training", "ml-platform/data-processing"], to: "object store" },
];

const search: readonly Row[] = [
  { from: "gateway", to: "search/reader", ports: ["8081"] },
  { from: "search/ingestion", to: "search/writer", ports: ["8080"] },
  { from: "search/writer", to: "object store" },
];

const srePortal: readonly Row[] = [
  { from: "gateway", to: "sre-portal/portal", ports: ["8080"] },
  { from: ["sre-portal/portal", "sre-portal/database-check"], to: "database" },
];

const withBuckets = [
  ...["ml-platform/backend", "ml-platform/backend-schema", "ml-platform/training", "ml-platform/data-processing"],
  "search/writer",
];

const withoutBuckets = [
  ...["ml-platform/frontend", "search/reader", "search/ingestion"],
  ...["sre-portal/portal", "sre-portal/database-check"],
];

/** Jobs of the apps layer that make the workloads' users of MinIO. */
const userJobs = [...["ml-platform-backend", "ml-platform-training", "ml-platform-data-processing", "search-writer"]].map(
  (workload) => `state-store/workload-${workload}`,
);

const everyApplication: readonly Row[] = [
  { from: [...withBuckets, ...withoutBuckets], to: "dns" },
  { from: withBuckets, to: "identity agent", on: "aws", why: "it signs in to S3 with its identity" },
  {
    from: withBuckets,
    to: "api server",
    on: "aws",
    why: "its interfaces are in the subnets of the endpoints, and policies go by addresses. No pod has a token for it",
  },
  { from: userJobs, to: ["dns", "object store"], on: "local", why: "whoever has an identity has a user" },
];

/** Jobs of the layers below that set MinIO up. */
const setupJobs = [
  ...["minio-setup", "bucket-database-backups", "bucket-data", "bucket-models", "bucket-datasets", "bucket-search"],
  ...["bucket-telemetry-logs", "bucket-telemetry-traces"],
  ...["workload-database-backups", "workload-connection-check", "workload-loki", "workload-tempo"],
].map((job) => `state-store/${job}`);

/** Who else reaches what applications reach. */
const others: readonly Row[] = [
  { from: "data-checks/connection-check", to: ["database", "cache"] },
  { from: ["data-checks/connection-check", ...setupJobs], to: "object store", on: "local" },
  { from: ["database/database-user", "database/database-upkeep"], to: "database" },
  { from: "cache/cache-benchmark", to: "cache" },
  { from: ["database/database", "cloudnative-pg/operator"], to: "database", ports: ["5432", "8000"], on: "local" },
  { from: "database/database", to: "object store", on: "local", why: "its backups" },
  { from: "cache/cache", to: "cache", on: "local", why: "its exporter knows it by its service" },
  { from: "aws_db_proxy", to: "aws_db_instance", ports: ["5432"], on: "aws" },
  {
    from: ["other private addresses", "service addresses"],
    to: ["gateway", "object store"],
    on: "local",
    why: "the laptop: browsers, and Terraform with its states. Docker chooses its address",
  },
  {
    from: [
      ...["public subnets", "private subnets", "data subnets", "intra subnets", "rest of the VPC", "service addresses"],
      ...["pod identity agent", "link-local addresses", "other private addresses", "internet"],
    ],
    to: "gateway",
    on: "aws",
    why: "it is on the internet",
  },
  {
    from: ["kube-system/coredns", "kube-system/anybody else", "elsewhere/anybody else"],
    to: ["gateway", "database", "cache"],
    on: "aws",
    why: "no policy holds in namespaces that are not ours, and security groups know the cluster, not its pods",
  },
  { from: "api server", to: ["gateway", "database", "cache"], on: "aws", why: "its interfaces are in the cluster's group; AWS runs it" },
];

/** The matrix. */
export const matrix: readonly Row[] = [...mlPlatform, ...search, ...srePortal, ...everyApplication, ...others, ...observability];
