import type { ElasticacheReplicationGroupConfig } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import type { CacheIntent } from "./cache";

/** Nodes and shards of a replication group. */
export function elasticacheTopology(topology: CacheIntent["topology"]): Partial<ElasticacheReplicationGroupConfig> {
  switch (topology.kind) {
    case "single":
      return { numCacheClusters: 1, automaticFailoverEnabled: false, multiAzEnabled: false };
    case "replicated":
      return { numCacheClusters: 1 + topology.replicas, automaticFailoverEnabled: true, multiAzEnabled: true };
    case "clustered":
      return {
        clusterMode: "enabled",
        numNodeGroups: topology.shards,
        replicasPerNodeGroup: topology.replicas,
        automaticFailoverEnabled: true, // ElastiCache has no clusters without it
        multiAzEnabled: topology.replicas > 0,
      };
  }
}
