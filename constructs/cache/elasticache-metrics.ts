import type { CloudWatchMetric, PublishedMetric } from "../monitoring/cloudwatch-alarms";
import type { WatchName } from "../monitoring/watches";
import type { CacheIntent } from "./cache";
import type { ElastiCacheNodeType } from "./elasticache-node-types";

/** A primary with its replicas. Keys of another shard do not matter to it, and an alarm takes no more than ten nodes. */
export interface ElastiCacheShard {
  readonly name: string;
  readonly nodes: readonly string[];
}

/** Shards and nodes by the names that ElastiCache gives them: `<group>-001`, in a cluster `<group>-0001-001`. */
export function elasticacheShards(group: string, topology: CacheIntent["topology"]): readonly ElastiCacheShard[] {
  const replicas = topology.kind === "single" ? 0 : topology.replicas;
  const shard = (name: string): ElastiCacheShard => ({ name, nodes: numbers(1 + replicas, 3).map((number) => `${name}-${number}`) });
  return topology.kind === "clustered" ? numbers(topology.shards, 4).map((number) => shard(`${group}-${number}`)) : [shard(group)];
}

/** Numbers from 1, with leading zeros. */
function numbers(count: number, digits: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1).padStart(digits, "0"));
}

/** Where CloudWatch has what is watched of a shard: each time of the node that is worst off. */
export function elasticacheMetrics(
  { nodes }: ElastiCacheShard,
  { connections }: ElastiCacheNodeType,
): Readonly<Record<WatchName<"cache">, CloudWatchMetric | undefined>> {
  return {
    // Of the core that serves clients; the others may idle while that one is the limit.
    cpu: worst(nodes, "EngineCPUUtilization", "Average"),
    memory: worst(nodes, "DatabaseMemoryUsagePercentage", "Average"),
    evictions: worst(nodes, "Evictions", "Sum"), // in a period of a minute
    connections: worst(nodes, "CurrConnections", "Maximum", (most) => `100 * ${most} / ${connections}`),
    replicationLag: nodes.length > 1 ? worst(nodes, "ReplicationLag", "Maximum") : undefined,
  };
}

/** Nodes publish nothing of what they are not: a primary has no lag. */
function worst(
  nodes: readonly string[],
  metric: string,
  statistic: PublishedMetric["statistic"],
  expression = (most: string) => most,
): CloudWatchMetric {
  const metrics = nodes.map(
    (node, index) =>
      [`node${index + 1}`, { namespace: "AWS/ElastiCache", metric, dimensions: { CacheClusterId: node }, statistic }] as const,
  );
  return {
    expression: expression(`MAX([${metrics.map(([id]) => (metrics.length > 1 ? `FILL(${id}, 0)` : id)).join(", ")}])`),
    metrics: Object.fromEntries(metrics),
    filled: metrics.length > 1,
  };
}
