import { byNode } from "../monitoring/by-node";
import type { SignalExpressions } from "../monitoring/signals";
import type { CnpgPlace } from "./cnpg-pods";

export interface CnpgExpressionsProps extends CnpgPlace {
  /** Name of the application's database. */
  readonly databaseName: string;
  readonly replicated: boolean;
  readonly backups: boolean;
}

/** Signals of a cluster of CloudNativePG: by its exporter, the backups' plugin, the kubelet and kube-state-metrics. */
export function cnpgExpressions({
  name,
  namespace,
  databaseName,
  replicated,
  backups,
}: CnpgExpressionsProps): SignalExpressions<"database"> {
  const instances = `namespace="${namespace}", pod=~"${name}-[0-9]+"`;
  const container = `${instances}, container="postgres"`;
  const volumes = `namespace="${namespace}", persistentvolumeclaim=~"${name}-[0-9]+"`;
  const counted = (column: string) => `sum(rate(cnpg_pg_stat_database_${column}{${instances}, datname="${databaseName}"}[5m]))`;
  return {
    up: `sum(cnpg_collector_up{${instances}}) or vector(0)`, // no target at all is as bad
    // Of what is set aside for it: it has no limit.
    cpu: byNode(
      percent(
        `sum by (pod) (rate(container_cpu_usage_seconds_total{${container}}[5m]))`,
        `sum by (pod) (kube_pod_container_resource_requests{${container}, resource="cpu"})`,
      ),
      "pod",
    ),
    memory: byNode(
      percent(
        `sum by (pod) (container_memory_working_set_bytes{${container}})`,
        `sum by (pod) (kube_pod_container_resource_limits{${container}, resource="memory"})`,
      ),
      "pod",
    ),
    // A volume is called like its instance.
    storage: byNode(
      percent(
        `max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes{${volumes}})`,
        `max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{${volumes}})`,
      ),
      "persistentvolumeclaim",
    ),
    connections: byNode(
      percent(
        `sum by (pod) (cnpg_backends_total{${instances}})`,
        `max by (pod) (cnpg_pg_settings_setting{${instances}, name="max_connections"})`,
      ),
      "pod",
    ),
    replicationLag: replicated ? byNode(`max by (pod) (cnpg_pg_replication_lag{${instances}})`, "pod") : undefined, // nobody follows
    // Of the plugin; CloudNativePG's own metrics stay at 0 with it. Replicas may be behind: the newest counts.
    backupAge: backups ? `(time() - max(barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{${instances}})) / 3600` : undefined,
    size: `max(cnpg_pg_database_size_bytes{${instances}, datname="${databaseName}"})`,
    transactions: `${counted("xact_commit")} + ${counted("xact_rollback")}`,
    deadlocks: `60 * ${counted("deadlocks")}`,
    cacheHits: `${counted("blks_hit")} / (${counted("blks_hit")} + ${counted("blks_read")} > 0)`,
  };
}

function percent(used: string, most: string): string {
  return `100 * ${used} / ${most}`;
}
