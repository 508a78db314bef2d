import type { WatchName } from "../monitoring/watches";
import type { CnpgPlace } from "./cnpg-pods";

export interface CnpgExpressionsProps extends CnpgPlace {
  readonly replicated: boolean;
  readonly backups: boolean;
}

/** What is watched of a cluster of CloudNativePG, in PromQL: a series for each instance where instances differ. */
export function cnpgExpressions({
  name,
  namespace,
  replicated,
  backups,
}: CnpgExpressionsProps): Readonly<Record<WatchName<"database">, string | undefined>> {
  const instances = `namespace="${namespace}", pod=~"${name}-[0-9]+"`;
  const container = `${instances}, container="postgres"`;
  const volumes = `namespace="${namespace}", persistentvolumeclaim=~"${name}-[0-9]+"`;
  return {
    // Of what is set aside for it: it has no limit.
    cpu: percent(
      `sum by (pod) (rate(container_cpu_usage_seconds_total{${container}}[5m]))`,
      `sum by (pod) (kube_pod_container_resource_requests{${container}, resource="cpu"})`,
    ),
    memory: percent(
      `sum by (pod) (container_memory_working_set_bytes{${container}})`,
      `sum by (pod) (kube_pod_container_resource_limits{${container}, resource="memory"})`,
    ),
    storage: percent(
      `max by (persistentvolumeclaim) (kubelet_volume_stats_used_bytes{${volumes}})`,
      `max by (persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{${volumes}})`,
    ),
    connections: percent(
      `sum by (pod) (cnpg_backends_total{${instances}})`,
      `max by (pod) (cnpg_pg_settings_setting{${instances}, name="max_connections"})`,
    ),
    replicationLag: replicated ? `max by (pod) (cnpg_pg_replication_lag{${instances}})` : undefined,
    // Of the plugin; CloudNativePG's own metrics stay at 0 with it. Replicas may be behind: the newest counts.
    backupAge: backups ? `(time() - max(barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{${instances}})) / 3600` : undefined,
  };
}

function percent(used: string, most: string): string {
  return `100 * ${used} / ${most}`;
}
