import { byNode } from "../monitoring/by-node";
import type { PodMonitor } from "../monitoring/pod-monitor";
import type { SignalExpressions } from "../monitoring/signals";
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

/** Signals of a cache in the cluster, by redis_exporter beside every node. */
export function cacheExpressions({ name, namespace, nodes, intent }: CacheServer): SignalExpressions<"cache"> {
  const selector = `namespace="${namespace.namespaceName}", pod=~"${cacheNames(name).nodes}-[0-9]+"`;
  const of = (metric: string) => `redis_${metric}{${selector}}`;
  const perSecond = (metric: string) => `rate(${of(metric)}[5m])`;
  const shards = intent.topology.kind === "clustered" ? intent.topology.shards : 1;
  return {
    up: `sum(${of("up")}) or vector(0)`, // no target at all is as bad
    cpu: byNode(`100 * (${perSecond("cpu_sys_seconds_total")} + ${perSecond("cpu_user_seconds_total")})`, "pod"), // of one core: commands run on one
    memory: byNode(`100 * ${of("memory_used_bytes")} / ${of("memory_max_bytes")}`, "pod"),
    evictions: byNode(`60 * ${perSecond("evicted_keys_total")}`, "pod"),
    connections: byNode(`100 * ${of("connected_clients")} / ${maxClients}`, "pod"),
    replicationLag: nodes > shards ? byNode(of("connected_slave_lag_seconds"), "pod") : undefined, // nobody follows
    // Replicas have the same keys again.
    keys: `sum(${of("db_keys")} and on (pod) redis_instance_info{${selector}, role="master"})`,
    ...traffic(selector),
  };
}

/** What clients ask, by redis_exporter. @param selector of its series */
export function traffic(selector: string): Pick<SignalExpressions<"cache">, "commands" | "hits"> {
  const counted = (metric: string) => `sum(rate(redis_${metric}{${selector}}[5m]))`;
  const hits = counted("keyspace_hits_total");
  return {
    commands: counted("commands_processed_total"),
    hits: `${hits} / (${hits} + ${counted("keyspace_misses_total")} > 0)`,
  };
}
