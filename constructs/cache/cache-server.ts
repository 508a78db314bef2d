import type { PlatformSetting } from "../addons/platform-setting";
import type { Pods } from "../connections/path";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { PodResources } from "../shared/pod-resources";
import type { CacheIntent, CacheProps } from "./cache";
import { engineImages } from "./cache-images";

/** A cache in the cluster, as all of its parts know it. */
export interface CacheServer {
  readonly setting: PlatformSetting;
  readonly namespace: GuardedNamespace;
  /** Name of the service that clients connect to, and the first part of every other name. */
  readonly name: string;
  readonly intent: CacheIntent;
  readonly image: string;
  /** How many pods keep data. */
  readonly nodes: number;
  /** Of the container that keeps data. */
  readonly resources: PodResources;
}

/** Sentinels: the least that still have a majority without one of them. */
export const sentinelCount = 3;

/** Port of the Sentinels, the one that clients of theirs know. */
export const sentinelPort = 26379;

/** Port where nodes of a cluster talk among themselves: that of clients and 10000. */
export const clusterBusPort = 16379;

/** Names of what belongs to a cache of a name. */
export function cacheNames(name: string) {
  return {
    nodes: name,
    nodesService: `${name}-nodes`,
    sentinels: `${name}-sentinel`,
    sentinelsService: `${name}-sentinels`,
    proxy: `${name}-proxy`,
    clusterJob: `${name}-cluster`,
    certificate: `${name}-tls`,
    users: `${name}-users`,
  };
}

/** What the configuration asks for, as pods. */
export function cacheServer({ setting, namespace, name, intent }: CacheProps): CacheServer {
  return {
    setting,
    namespace,
    name,
    intent,
    image: engineImages[intent.engine],
    nodes: nodeCount(intent.topology),
    resources: setting.footprint.resources(intent.size),
  };
}

function nodeCount(topology: CacheIntent["topology"]): number {
  const replicas = topology.kind === "single" ? 0 : topology.replicas;
  return (topology.kind === "clustered" ? topology.shards : 1) * (1 + replicas);
}

/** Pods with a label `app`. */
export function podsOf({ namespace }: CacheServer, app: string): Pods {
  return { namespace: namespace.namespaceName, labels: { app } };
}

/** Host name of a service of the cache, or of what is below it. */
export function hostOf({ namespace }: CacheServer, ...parts: readonly string[]): string {
  return [...parts, namespace.namespaceName, "svc"].join(".");
}

/** Host names of all pods that keep data. */
export function nodeHosts(server: CacheServer): readonly string[] {
  const { nodes, nodesService } = cacheNames(server.name);
  return Array.from({ length: server.nodes }, (_, index) => hostOf(server, `${nodes}-${index}`, nodesService));
}

/** Host names of all Sentinels. */
export function sentinelHosts(server: CacheServer): readonly string[] {
  const { sentinels, sentinelsService } = cacheNames(server.name);
  return Array.from({ length: sentinelCount }, (_, index) => hostOf(server, `${sentinels}-${index}`, sentinelsService));
}
