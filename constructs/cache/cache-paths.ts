import type { Path } from "../connections/path";
import { telemetry } from "../monitoring/telemetry";
import { cachePort } from "./cache";
import { metricsPort } from "./cache-nodes";
import { cacheNames, clusterBusPort, podsOf, sentinelPort, type CacheServer } from "./cache-server";

/** Who talks to whom within a cache, and who asks for its metrics. */
export function cachePaths(server: CacheServer): readonly Path[] {
  const names = cacheNames(server.name);
  const nodes = podsOf(server, names.nodes);
  const redis = { port: cachePort };
  const common: readonly Path[] = [
    { from: nodes, to: "dns" },
    ...(server.setting.environment.monitoring ? [{ from: telemetry.prometheus.pods, to: nodes, ports: [{ port: metricsPort.port }] }] : []),
  ];
  switch (server.intent.topology.kind) {
    case "single":
      return [...common, { from: nodes, to: nodes, ports: [redis] }]; // the exporter knows the server by its name
    case "replicated": {
      const [sentinels, proxy] = [podsOf(server, names.sentinels), podsOf(server, names.proxy)];
      const sentinel = { port: sentinelPort };
      return [
        ...common,
        { from: nodes, to: nodes, ports: [redis] },
        { from: nodes, to: sentinels, ports: [sentinel] }, // who is the primary?
        { from: sentinels, to: nodes, ports: [redis] },
        { from: sentinels, to: sentinels, ports: [sentinel] },
        { from: sentinels, to: "dns" },
        { from: proxy, to: nodes, ports: [redis] },
        { from: proxy, to: "dns" },
      ];
    }
    case "clustered": {
      const job = podsOf(server, names.clusterJob);
      return [
        ...common,
        { from: nodes, to: nodes, ports: [redis, { port: clusterBusPort }] },
        { from: job, to: nodes, ports: [redis] },
        { from: job, to: "dns" },
      ];
    }
  }
}
