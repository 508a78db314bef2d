import { arn, ec2Id, regional, regionOf, tagged, textOr } from "./aws-values";
import { always, textAt, valueAt } from "./common-values";
import type { SimulatedValue, ValueContext, ValueTable } from "./value-table";

/** Valkey and Redis on ElastiCache. */
export const awsCache: ValueTable = {
  aws_elasticache_parameter_group: named("parametergroup", "name"),
  aws_elasticache_subnet_group: named("subnetgroup", "name", { vpc_id: ec2Id("vpc", "vpc") }),
  aws_elasticache_user: named("user", "user_id", {
    "authentication_mode.password_count": (context) => {
      const passwords = valueAt(context, "authentication_mode", "passwords");
      return Array.isArray(passwords) ? passwords.length : 0;
    },
  }),
  aws_elasticache_user_group: named("usergroup", "user_group_id"),
  aws_elasticache_replication_group: named("replicationgroup", "replication_group_id", {
    apply_immediately: () => false,
    at_rest_encryption_enabled: () => "true",
    auto_minor_version_upgrade: () => "true",
    cluster_enabled: isClustered,
    cluster_mode: (context) => (isClustered(context) ? "enabled" : "disabled"),
    // A cluster has one address for all of its shards, and no other.
    configuration_endpoint_address: (context) => (isClustered(context) ? address(context, "clustercfg") : ""),
    primary_endpoint_address: (context) => (isClustered(context) ? "" : address(context, "master")),
    reader_endpoint_address: (context) => (isClustered(context) ? "" : address(context, "replica")),
    data_tiering_enabled: () => false,
    engine: () => "redis",
    engine_version: textOr("8.1", "engine_version"),
    engine_version_actual: (context) => `${textAt(context, "engine_version") ?? "8.1"}.0`,
    ...always("", "global_replication_group_id"),
    ip_discovery: () => "ipv4",
    network_type: () => "ipv4",
    maintenance_window: () => "sun:05:00-sun:06:00",
    snapshot_window: () => "03:00-04:00",
    member_clusters: nodes,
    num_cache_clusters: (context) => nodes(context).length,
    num_node_groups: shardCount,
    replicas_per_node_group: (context) => nodes(context).length / shardCount(context) - 1,
    security_group_names: () => [],
    transit_encryption_enabled: () => true,
    transit_encryption_mode: () => "required",
  }),
};

function named(kind: string, name: string, applied: Readonly<Record<string, SimulatedValue>> = {}) {
  return {
    planned: { ...regional, ...tagged },
    applied: {
      ...applied,
      id: (context: ValueContext) => textAt(context, name),
      arn: (context: ValueContext) => arn(context, "elasticache", `${kind}:${textAt(context, name)}`),
    },
  };
}

function isClustered(context: ValueContext): boolean {
  return textAt(context, "cluster_mode") === "enabled";
}

function shardCount(context: ValueContext): number {
  return isClustered(context) ? Number(valueAt(context, "num_node_groups") ?? 1) : 1;
}

/** Nodes by their names. */
function nodes(context: ValueContext): readonly string[] {
  const id = textAt(context, "replication_group_id") ?? "";
  const shards = shardCount(context);
  const perShard = isClustered(context)
    ? 1 + Number(valueAt(context, "replicas_per_node_group") ?? 0)
    : Number(valueAt(context, "num_cache_clusters") ?? 1);
  const number = (index: number, digits: number) => String(index + 1).padStart(digits, "0");
  return Array.from({ length: shards }, (_, shard) => (isClustered(context) ? `${id}-${number(shard, 4)}` : id)).flatMap((shard) =>
    Array.from({ length: perShard }, (_, node) => `${shard}-${number(node, 3)}`),
  );
}

/** Addresses with TLS have what they lead to in front. */
function address(context: ValueContext, part: "clustercfg" | "master" | "replica"): string {
  return `${part}.${textAt(context, "replication_group_id")}.${context.hex(6, "address")}.${regionOf(context)}.cache.amazonaws.com`;
}
