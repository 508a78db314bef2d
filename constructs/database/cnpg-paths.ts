import { distinctPaths, type Path, type Pods } from "../connections/path";
import { telemetry } from "../monitoring/telemetry";
import { operatorPods } from "./cloud-native-pg";
import { clusterPods, cnpgPorts, instancePods, poolerPods, type CnpgPlace } from "./cnpg-pods";
import { postgresPort } from "./database";

export interface CnpgPathsProps extends CnpgPlace {
  readonly pooling: boolean;
  /** Whether Prometheus runs. */
  readonly monitoring: boolean;
  /** Way to the backups. */
  readonly toBackups: (pods: Pods) => readonly Path[];
}

/** Who talks to whom around a cluster of CloudNativePG; its clients bring their own paths. */
export function cnpgPaths(props: CnpgPathsProps): readonly Path[] {
  const { pooling, monitoring, toBackups } = props;
  const cluster = clusterPods(props);
  const instances = instancePods(props);
  const pooler = poolerPods(props);
  // Besides PostgreSQL the state: the operator asks for it, and a primary asks the others whether it is cut off.
  const server = [{ port: postgresPort }, { port: cnpgPorts.status }];
  return distinctPaths([
    { from: operatorPods, to: instances, ports: server },
    { from: cluster, to: instances, ports: server },
    ...toApiServer(cluster),
    ...toBackups(cluster),
    ...(monitoring ? [{ from: telemetry.prometheus.pods, to: instances, ports: [{ port: cnpgPorts.metrics }] }] : []),
    ...(pooling ? [{ from: pooler, to: instances, ports: [{ port: postgresPort }] }, ...toApiServer(pooler)] : []),
    ...(pooling && monitoring ? [{ from: telemetry.prometheus.pods, to: pooler, ports: [{ port: cnpgPorts.poolerMetrics }] }] : []),
  ]);
}

/** The process beside each server and each pooler reads there what it has to be, and tells what it is. */
function toApiServer(pods: Pods): readonly Path[] {
  return [
    { from: pods, to: "api-server" },
    { from: pods, to: "dns" },
  ];
}
