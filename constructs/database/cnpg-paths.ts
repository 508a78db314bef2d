import type { Path, Pods } from "../connections/path";
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

const prometheus: Pods = { namespace: "monitoring", labels: { "app.kubernetes.io/name": "prometheus" } };

/** Who talks to whom around a cluster of CloudNativePG; its clients bring their own paths. */
export function cnpgPaths(props: CnpgPathsProps): readonly Path[] {
  const { pooling, monitoring, toBackups } = props;
  const cluster = clusterPods(props);
  const instances = instancePods(props);
  const pooler = poolerPods(props);
  // Besides PostgreSQL the state: the operator asks for it, and a primary asks the others whether it is cut off.
  const server = [{ port: postgresPort }, { port: cnpgPorts.status }];
  const paths: readonly Path[] = [
    { from: operatorPods, to: instances, ports: server },
    { from: cluster, to: instances, ports: server },
    ...toApiServer(cluster),
    ...toBackups(cluster),
    ...(monitoring ? [{ from: prometheus, to: instances, ports: [{ port: cnpgPorts.metrics }] }] : []),
    ...(pooling ? [{ from: pooler, to: instances, ports: [{ port: postgresPort }] }, ...toApiServer(pooler)] : []),
    ...(pooling && monitoring ? [{ from: prometheus, to: pooler, ports: [{ port: cnpgPorts.poolerMetrics }] }] : []),
  ];
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()]; // the way to the backups asks DNS, too
}

/** The process beside each server and each pooler reads there what it has to be, and tells what it is. */
function toApiServer(pods: Pods): readonly Path[] {
  return [
    { from: pods, to: "api-server" },
    { from: pods, to: "dns" },
  ];
}
