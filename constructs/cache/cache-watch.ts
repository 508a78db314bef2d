import type { PodMonitor } from "../monitoring/pod-monitor";
import type { WatchName } from "../monitoring/watches";
import { metricsPort } from "./cache-nodes";
import { cacheNames, type CacheServer } from "./cache-server";
import { maxClients } from "./server-configuration";

/** Has Prometheus ask the exporters of all nodes. */
export function cacheMonitor({ name, namespace }: CacheServer): PodMonitor {
  const { nodes: app } = cacheNames(name);
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: app, namespace: namespace.namespaceName },
    spec: { selector: { matchLabels: { app } }, podMetricsEndpoints: [{ port: metricsPort.name }] },
  };
}

/** Watches of a cache as PromQL over the metrics of redis_exporter, one series for each node. */
export function cacheExpressions({
  name,
  namespace,
  nodes,
  intent,
}: CacheServer): Readonly<Record<WatchName<"cache">, string | undefined>> {
  const of = (metric: string) => `redis_${metric}{namespace="${namespace.namespaceName}",pod=~"${cacheNames(name).nodes}-[0-9]+"}`;
  const perSecond = (metric: string) => `rate(${of(metric)}[5m])`;
  const shards = intent.topology.kind === "clustered" ? intent.topology.shards : 1;
  return {
    cpu: `100 * (${perSecond("cpu_sys_seconds_total")} + ${perSecond("cpu_user_seconds_total")})`, // of one core: commands run on one
    memory: `100 * ${of("memory_used_bytes")} / ${of("memory_max_bytes")}`,
    evictions: `60 * ${perSecond("evicted_keys_total")}`,
    connections: `100 * ${of("connected_clients")} / ${maxClients}`,
    replicationLag: nodes > shards ? of("connected_slave_lag_seconds") : undefined,
  };
}
