import { cacheUserName } from "../../constructs/cache/cache";
import { applicationName } from "../../constructs/database/database";
import { isPrivate, overlap } from "../../constructs/network/cidr";
import { awsNames, dataNames, longestRolePurpose, telemetryBucketNames } from "../../constructs/shared/naming";
import { partitionOf } from "../aws-regions";
import type { AwsEnvironment } from "../environment";
import { nameProblems } from "./common-rules";
import { eksNodeGroups } from "./eks-node-group-rules";
import { firewall } from "./ingress-rules";
import { offHours } from "./off-hours-rules";
import { problem, repetitions, type Rule } from "./rule";

const names: Rule<AwsEnvironment> = {
  reads: ["name", "project", "accountId", "images", "cluster.nodeGroups", "database.version"],
  check: (environment) => {
    const composed = awsNames(environment);
    const { cache, database } = dataNames;
    return nameProblems(environment, [
      { service: "S3 bucket", name: composed.stateBucket },
      { service: "S3 bucket", name: composed.stateLogBucket },
      { service: "KMS alias", name: composed.stateKeyAlias },
      { service: "EKS cluster", name: composed.cluster },
      { service: "CloudWatch log group", name: composed.clusterLogGroup },
      { service: "IAM role", name: composed.role(longestRolePurpose) },
      { service: "load balancer", name: composed.loadBalancer },
      { service: "S3 bucket", name: composed.loadBalancerLogBucket },
      { service: "SQS queue", name: composed.interruptionQueue },
      { service: "EventBridge rule", name: composed.interruptionRule("rebalance") },
      { service: "EventBridge schedule group", name: composed.offHoursGroup },
      { service: "S3 bucket", name: composed.bucketLogBucket },
      { service: "S3 bucket", name: composed.bucket(telemetryBucketNames.profiles) },
      { service: "RDS instance", name: composed.databaseReplica(database, 1) },
      { service: "RDS parameter group", name: composed.databaseParameterGroup(database, environment.database.version) },
      { service: "RDS subnet group", name: composed.database(database) },
      { service: "RDS proxy", name: composed.database(database) },
      { service: "backup vault", name: composed.database(database) },
      { service: "ElastiCache replication group", name: composed.cache(cache) },
      { service: "ElastiCache user", name: composed.cacheUser(cache, "none") },
      { service: "Secrets Manager secret", name: composed.secret(`${database}-${applicationName}`) },
      { service: "Secrets Manager secret", name: composed.secret(`${cache}-${cacheUserName}`) },
      { service: "SNS topic", name: composed.alarmTopic("data") },
      ...environment.cluster.nodeGroups.map((group) => ({
        service: "EC2 launch template" as const,
        name: composed.launchTemplate(group.name),
      })),
      ...environment.images.map((image) => ({ service: "ECR repository" as const, name: composed.repository(image) })),
    ]);
  },
};

const zones: Rule<AwsEnvironment> = {
  reads: ["region", "zones"],
  check: (environment) => [
    ...environment.zones.flatMap((zone, index) =>
      zone.slice(0, -1) === environment.region
        ? []
        : [problem(environment, `zones.${index}`, zone, `a zone of ${environment.region}`, "change the zone or the region")],
    ),
    ...repetitions(environment, "zones", environment.zones),
  ],
};

/** Certificates and names need a public hosted zone (AWS GovCloud user guide, Amazon Route 53). */
const publicDns: Rule<AwsEnvironment> = {
  reads: ["region"],
  check: (environment) =>
    partitionOf(environment.region) === "aws"
      ? []
      : [
          problem(
            environment,
            "region",
            environment.region,
            "a region outside of GovCloud: Route 53 has no public hosted zones there",
            "choose another one",
          ),
        ],
};

const domain: Rule<AwsEnvironment> = {
  reads: ["domain", "hostedZone"],
  check: (environment) => {
    const zone = environment.hostedZone.name;
    if (environment.domain === zone || environment.domain.endsWith(`.${zone}`)) return [];
    return [problem(environment, "domain", environment.domain, `${zone} or a name below it`, "change the domain or the hosted zone")];
  },
};

const addresses: Rule<AwsEnvironment> = {
  reads: ["network", "cluster.serviceCidr"],
  check: (environment) => {
    const { serviceCidr } = environment.cluster;
    return [
      ...(isPrivate(serviceCidr)
        ? []
        : [
            problem(
              environment,
              "cluster.serviceCidr",
              serviceCidr,
              "private address space (RFC 1918)",
              "choose a block of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
            ),
          ]),
      ...(overlap(serviceCidr, environment.network.cidr)
        ? [
            problem(
              environment,
              "cluster.serviceCidr",
              serviceCidr,
              `apart from the VPC's ${environment.network.cidr}`,
              "choose another block",
            ),
          ]
        : []),
    ];
  },
};

const endpoint: Rule<AwsEnvironment> = {
  reads: ["cluster.endpoint", "cluster.serviceCidr", "network"],
  check: (environment) => {
    const { endpoint, serviceCidr } = environment.cluster;
    if (endpoint.access === "public") return repetitions(environment, "cluster.endpoint.cidrs", endpoint.cidrs);
    if (endpoint.reach.by === "tunnel") return [];
    const field = "cluster.endpoint.reach.cidrs";
    const own = [`the VPC's ${environment.network.cidr}`, `serviceCidr ${serviceCidr}`];
    return [
      ...repetitions(environment, field, endpoint.reach.cidrs),
      ...endpoint.reach.cidrs.flatMap((cidr, index) =>
        own
          .filter((block) => overlap(cidr, block.split(" ").at(-1) ?? ""))
          .map((block) => problem(environment, `${field}.${index}`, cidr, `apart from ${block}`, "change one of the two blocks")),
      ),
    ];
  },
};

const subnets: Rule<AwsEnvironment> = {
  reads: ["network", "zones"],
  check: (environment) => {
    const { network } = environment;
    if (network.vpc !== "existing") return [];
    const byTier = Object.entries(network.subnetIds);
    const all = byTier.flatMap(([, ids]) => ids);
    return [
      ...byTier
        .filter(([, ids]) => ids.length !== environment.zones.length)
        .map(([tier, ids]) =>
          problem(
            environment,
            `network.subnetIds.${tier}`,
            ids,
            `${environment.zones.length} subnets, one for each zone`,
            "list them in the order of the zones",
          ),
        ),
      ...[...new Set(all.filter((id, index) => all.indexOf(id) !== index))].map((id) =>
        problem(environment, "network.subnetIds", id, "a subnet used once", "give each tier and zone a subnet of its own"),
      ),
    ];
  },
};

/** EKS has one access entry for a principal, either with every right or with few. */
const principals: Rule<AwsEnvironment> = {
  reads: ["cluster.admins", "cluster.viewers"],
  check: (environment) => {
    const { admins, viewers } = environment.cluster;
    return [
      ...repetitions(environment, "cluster.admins", admins),
      ...repetitions(environment, "cluster.viewers", viewers),
      ...viewers.flatMap((viewer, index) =>
        admins.includes(viewer)
          ? [problem(environment, `cluster.viewers.${index}`, viewer, "another one than the admins", "remove it from one of the lists")]
          : [],
      ),
    ];
  },
};

export const awsRules: readonly Rule<AwsEnvironment>[] = [
  names,
  publicDns,
  zones,
  domain,
  addresses,
  endpoint,
  principals,
  subnets,
  eksNodeGroups,
  offHours,
  firewall,
];
