import { createHash } from "node:crypto";
import type { AwsEnvironment, LocalEnvironment } from "../../environments/environment";

interface NameLimit {
  /** Most characters. */
  readonly max: number;
  readonly shape: RegExp;
  /** The shape in words. */
  readonly described: string;
}

/** What RDS and ElastiCache take alike. */
const singleHyphens = {
  shape: /^[a-z](?!.*--)([a-z0-9-]*[a-z0-9])?$/,
  described: "lower-case letters, digits and single inner hyphens, a letter first",
} as const;

/** What each service takes as a name. Sources: the services' API references; Kind's from its source. */
const nameLimits = {
  // No dots: they break TLS for virtual-hosted buckets.
  "S3 bucket": {
    max: 63,
    shape: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]*[a-z0-9](?<!-s3alias|--ol-s3|--x-s3)$/,
    described: "lower-case letters, digits and inner hyphens, without a beginning or an end that S3 keeps for itself (xn--, sthree-, ...)",
  },
  "KMS alias": { max: 256, shape: /^alias\/(?!aws\/)[A-Za-z0-9/_-]+$/, described: "alias/ and letters, digits, / _ -" },
  "EKS cluster": { max: 100, shape: /^[0-9A-Za-z][0-9A-Za-z_-]*$/, described: "letters, digits, _ and -" },
  "EC2 launch template": { max: 128, shape: /^[\w().\/-]+$/, described: "letters, digits and ( ) . / _ -" },
  "IAM role": { max: 64, shape: /^[\w+=,.@-]+$/, described: "letters, digits and _ + = , . @ -" },
  "ECR repository": {
    max: 256,
    shape: /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
    described: "lower-case parts joined by . _ - or /",
  },
  "load balancer": {
    max: 32,
    shape: /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
    described: "letters, digits and inner hyphens, without internal- at its start",
  },
  "target group": { max: 32, shape: /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/, described: "letters, digits and inner hyphens" },
  "web ACL": { max: 128, shape: /^[\w-]+$/, described: "letters, digits, _ and -" },
  "CloudWatch log group": { max: 512, shape: /^[._\-/#A-Za-z0-9]+$/, described: "letters, digits and . _ - / #" },
  "SQS queue": { max: 80, shape: /^[\w-]+$/, described: "letters, digits, _ and -" },
  "EventBridge rule": { max: 64, shape: /^[\w.-]+$/, described: "letters, digits and . _ -" },
  "EventBridge schedule group": { max: 64, shape: /^[\w.-]+$/, described: "letters, digits and . _ -" },
  "RDS instance": { max: 63, ...singleHyphens },
  "RDS parameter group": { max: 255, ...singleHyphens },
  "RDS subnet group": {
    max: 255,
    shape: /^(?!default$)[a-z0-9 ._-]+$/,
    described: "lower-case letters, digits and . _ -, and not default",
  },
  "RDS proxy": {
    max: 63,
    shape: /^[A-Za-z](?!.*--)([A-Za-z0-9-]*[A-Za-z0-9])?$/,
    described: "letters, digits and single inner hyphens, a letter first",
  },
  "backup vault": { max: 50, shape: /^[\w-]{2,}$/, described: "letters, digits, _ and -, two at least" },
  // A hyphen and six characters at the end would look like what Secrets Manager puts behind a name in its ARN.
  "Secrets Manager secret": {
    max: 512,
    shape: /^(?!.*-[A-Za-z0-9]{6}$)[\w/+=.@-]+$/,
    described: "letters, digits and / _ + = . @ -, without a hyphen and six of them at its end",
  },
  "SNS topic": { max: 256, shape: /^[\w-]+$/, described: "letters, digits, _ and -" },
  "CloudWatch alarm": { max: 255, shape: /^[^\0-\x1f]+$/, described: "printable characters" },
  "ElastiCache replication group": { max: 40, ...singleHyphens },
  // Users and groups of users alike.
  "ElastiCache user": { max: 40, ...singleHyphens },
  // Kind appends `-control-plane` and makes it a host name, which Linux limits to 64 characters.
  "Kind cluster": { max: 50, shape: /^[a-z0-9][a-z0-9.-]*$/, described: "lower-case letters, digits, . and -" },
} satisfies Record<string, NameLimit>;

/** A name as it will exist, put together from parts of the configuration. */
export interface ComposedName {
  readonly service: keyof typeof nameLimits;
  readonly name: string;
}

/** Physical names of an environment on AWS. Nothing else puts names together. */
export function awsNames(environment: AwsEnvironment) {
  const prefix = `${environment.project}-${environment.name}`;
  return {
    /** First part of every name; the cluster is called just that. */
    prefix,
    cluster: prefix,
    // Bucket names are global, hence the account.
    stateBucket: `${prefix}-state-${environment.accountId}`,
    stateLogBucket: `${prefix}-state-logs-${environment.accountId}`,
    /** A bucket of the environment's object store, by what it is for. */
    bucket: (name: string) => `${prefix}-${name}-${environment.accountId}`,
    /** Logs of requests to all of them. */
    bucketLogBucket: `${prefix}-bucket-logs-${environment.accountId}`,
    /** Logs of requests to the buckets of logs, traces and profiles, which are made before the others. */
    telemetryLogBucket: `${prefix}-telemetry-access-${environment.accountId}`,
    /** Where a bucket is copied to: the account that owns the copies makes it, under this name. */
    replicaBucket: (name: string, accountId: string) => `${prefix}-${name}-replica-${accountId}`,
    stateKeyAlias: `alias/${prefix}-state`,
    keyAlias: (purpose: string) => `alias/${prefix}-${purpose}`,
    role: (purpose: string) => `${prefix}-${purpose}`,
    launchTemplate: (group: string) => `${prefix}-${group}`,
    repository: (image: string) => `${prefix}/${image}`,
    secret: (secret: string) => `${prefix}/${secret}`,
    /** EKS writes to a group of this name and no other. */
    clusterLogGroup: `/aws/eks/${prefix}/cluster`,
    flowLogGroup: `/aws/vpc/${prefix}/flow-logs`,
    loadBalancer: prefix,
    loadBalancerLogBucket: `${prefix}-lb-logs-${environment.accountId}`,
    /** Only the beginning of a service fits in; the digest keeps apart what is not the same. Another port of the pods is another group to AWS. */
    targetGroup: (namespace: string, route: string, service: string, port: number, podPort: number) =>
      `${environment.name}-${service.slice(0, 15).replace(/-+$/, "")}-${digest([prefix, namespace, route, service, port, podPort].join("/"))}`,
    webAcl: prefix,
    /** WAF writes to groups with this beginning and no others. */
    wafLogGroup: `aws-waf-logs-${prefix}`,
    interruptionQueue: `${prefix}-karpenter`,
    interruptionRule: (event: string) => `${prefix}-karpenter-${event}`,
    offHoursGroup: `${prefix}-off-hours`,
    /** The instance, and what is there for it alone: its groups, its proxy, its vault for backups. */
    database: (database: string) => `${prefix}-${database}`,
    /** @param number from 1 */
    databaseReplica: (database: string, number: number) => `${prefix}-${database}-replica-${number}`,
    /** It carries the major version: an upgrade needs a group of the new one beside the old one. */
    databaseParameterGroup: (database: string, version: string) => `${prefix}-${database}-postgres${version}`,
    /** RDS writes to groups of these names and no others. */
    databaseLogGroup: (instance: string, log: string) => `/aws/rds/instance/${instance}/${log}`,
    databaseProxyLogGroup: (database: string) => `/aws/rds/proxy/${prefix}-${database}`,
    databaseBackupRule: (database: string) => `${prefix}-${database}-backups`,
    databaseBackupLogGroup: (database: string) => `/aws/events/${prefix}-${database}-backups`,
    alarmTopic: (layer: string) => `${prefix}-${layer}-alarms`,
    /** What is watched goes by its physical name. */
    alarm: (watched: string, watch: string) => `${watched}-${watch}`,
    /** The replication group, what belongs to it, and the group of its users. */
    cache: (cache: string) => `${prefix}-${cache}`,
    /** The id of a user, not the name to sign in with. */
    cacheUser: (cache: string, user: string) => `${prefix}-${cache}-${user}`,
    /** It carries the family: an upgrade needs a group of the new one beside the old one. */
    cacheParameterGroup: (cache: string, family: string) => `${prefix}-${cache}-${family}`,
    /** Groups with this beginning share one line in the account's policy for logs, whose length is limited (CloudWatch Logs user guide). */
    cacheLogGroup: (cache: string, log: string) => `/aws/vendedlogs/elasticache/${prefix}-${cache}/${log}`,
  };
}

/** Physical names of an environment on the laptop. */
export function localNames(environment: LocalEnvironment) {
  const cluster = `${environment.project}-${environment.name}`;
  return {
    cluster,
    /** Name that Kind gives the cluster's context in a kubeconfig. */
    kubeContext: `kind-${cluster}`,
    stateBucket: `${cluster}-state`,
    /** A bucket of the environment's object store, by what it is for. It is on the server of the state bucket. */
    bucket: (name: string) => `${cluster}-${name}`,
    /** Users of the object store share a server with those of the state. */
    objectStoreUser: (purpose: string) => `workload-${purpose}`,
  };
}

/** Eight characters that stand for a longer text. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** What is wrong with a composed name, worded to follow "must be"; undefined when nothing is. */
export function nameLimitBroken({ service, name }: ComposedName): string | undefined {
  const limit: NameLimit = nameLimits[service];
  if (name.length > limit.max) return `at most ${limit.max} characters, not ${name.length}`;
  return limit.shape.test(name) ? undefined : limit.described;
}

/** The last part of the names of what the data layer keeps. */
export const dataNames = { database: "database", cache: "cache" } as const;

/** Buckets of what the environment tells about itself, by what they are for. */
export const telemetryBucketNames = { logs: "telemetry-logs", traces: "telemetry-traces", profiles: "telemetry-profiles" } as const;

/** The longest purpose that a role of ours has; a test compares it with what is synthesized. */
export const longestRolePurpose = "load-balancer-controller";
