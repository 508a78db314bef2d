import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { PrometheusOperatorCrds } from "./prometheus-operator-crds";

export interface NodeExporterProps extends AddonProps {
  readonly crds: PrometheusOperatorCrds;
}

interface NodeExporterOnNodesProps extends NodeExporterProps {
  /** Most nodes that the cluster grows to; each runs a pod, and the quota has to have room for it. */
  readonly mostNodes: number;
}

const defaults = { chart: "prometheus-node-exporter", namespace: "node-exporter" } as const;

/** Name of the job, as rules and dashboards everywhere have it. */
const job = "node-exporter";

/** Series are told apart by the name of the node, as those of its kubelet are. */
const nodeOfPod = { sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" };

/** Each pod has a device of its own on the node, and is told of with its containers. The names are those of the network plugins of EKS and Kind. */
const cablesOfPods = "^(cali|cni|eni|veth).*$";

/**
 * What nodes use, beyond what their kubelets tell. It has a namespace of its own because it needs the host; its pods are
 * on the host's network, where network policies do not reach: who may talk to nodes reaches port 9100.
 */
export class NodeExporter extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, crds, mostNodes }: NodeExporterOnNodesProps) {
    const resources = setting.footprint.resources("small");
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, {
      environment: setting.environment,
      name: defaults.namespace,
      podSecurity: {
        level: "privileged",
        reason: "node-exporter reads file systems, processes and network counters of the host: host paths, host PID, host network",
      },
    });
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: mostNodes, resources }],
      requires: [crds],
      values: {
        resources,
        containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        podLabels: { jobLabel: job },
        service: { portName: "http-metrics", labels: { jobLabel: job } },
        prometheus: { monitor: { enabled: true, jobLabel: "jobLabel", relabelings: [nodeOfPod] } },
        extraArgs: [`--collector.netclass.ignored-devices=${cablesOfPods}`, `--collector.netdev.device-exclude=${cablesOfPods}`],
      },
      metrics: { by: "monitors of the chart" },
    });
  }
}
