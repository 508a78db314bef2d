import type { Construct } from "constructs";
import { byNode } from "../monitoring/by-node";
import type { PublishedMetric } from "../monitoring/cloudwatch-alarms";
import { cloudWatchSeriesOf, dimensionLabel } from "../monitoring/cloudwatch-series";
import type { SignalExpressions } from "../monitoring/signals";
import type { CacheIntent } from "./cache";
import { traffic } from "./cache-watch";
import { elasticacheShards } from "./elasticache-metrics";
import type { ElastiCacheNodeType } from "./elasticache-node-types";
import { redisJob } from "./redis-exporter";

export interface ElastiCacheSignalsProps {
  readonly topology: CacheIntent["topology"];
  readonly nodeType: ElastiCacheNodeType;
  /** Last part of its name. */
  readonly name: string;
  /** Physical name. */
  readonly group: string;
}

const node = "CacheClusterId";

/** Signals of a cache on ElastiCache: of its nodes by CloudWatch, of what clients ask by the exporter that asks the primary. */
export function elasticacheSignals(
  scope: Construct,
  { group, name, nodeType, topology }: ElastiCacheSignalsProps,
): SignalExpressions<"cache"> {
  const series = cloudWatchSeriesOf(scope);
  const shards = elasticacheShards(group, topology);
  const nodes = shards.flatMap((shard) => shard.nodes.map((each) => ({ [node]: each })));
  const each = (metric: string, statistic: PublishedMetric["statistic"]) =>
    series.of({ name: group, namespace: "AWS/ElastiCache", metric, statistic }, ...nodes);
  const perNode = (expression: string) => byNode(expression, dimensionLabel(node));
  const selector = `job="${redisJob(name)}"`;
  return {
    up: `max(redis_up{${selector}}) or vector(0)`,
    cpu: perNode(each("EngineCPUUtilization", "Average")), // of the core that serves clients
    memory: perNode(each("DatabaseMemoryUsagePercentage", "Average")),
    evictions: perNode(each("Evictions", "Sum")), // in a period of a minute
    connections: perNode(`100 * ${each("CurrConnections", "Maximum")} / ${nodeType.connections}`),
    replicationLag: nodes.length > shards.length ? perNode(each("ReplicationLag", "Maximum")) : undefined, // nobody follows
    // The exporter would see one shard, and nobody tells the whole.
    ...(topology.kind === "clustered"
      ? { keys: undefined, commands: undefined, hits: undefined }
      : { keys: `sum(redis_db_keys{${selector}})`, ...traffic(selector) }),
  };
}
