import type { Construct } from "constructs";
import type { ChartValues } from "../addons/chart-values";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths, type Pods } from "../connections/path";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { PodResources } from "../shared/pod-resources";

const defaults = { chart: "keda", namespace: "keda" } as const;

/** Pods that ask whatever workloads are scaled by. */
export const kedaOperator: Pods = { namespace: defaults.namespace, labels: { app: "keda-operator" } };

/** Ports in the pods of the chart: the operator's own protocol, the external metrics API, the webhooks, and how each of them does. */
const ports = { operator: 9666, metrics: 6443, webhooks: 9443, prometheus: 8080 } as const;

/** Scales workloads by what waits for them: messages in a queue, rows, a schedule. What it asks for that is a path of who scales by it. */
export class Keda extends HelmAddon {
  constructor(scope: Construct, id: string, { setting }: AddonProps) {
    const { environment, footprint } = setting;
    const { replicas } = footprint;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: defaults.namespace });
    const podsOf = (app: string) => ({ namespace: defaults.namespace, labels: { app } });
    const metricServer = podsOf("keda-operator-metrics-apiserver");
    const webhooks = podsOf("keda-admission-webhooks");
    const [medium, small] = [footprint.resources("medium"), footprint.resources("small")];
    const budget = replicas > 1 ? { minAvailable: 1 } : {};
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [
        { replicas, resources: medium },
        { replicas: 2 * replicas, resources: small },
      ],
      paths: [
        ...operatorPaths(kedaOperator),
        ...operatorPaths(metricServer, ports.metrics), // as part of the Kubernetes API
        ...operatorPaths(webhooks, ports.webhooks),
        { from: metricServer, to: kedaOperator, ports: [{ port: ports.operator }] },
      ],
      values: {
        image: { pullPolicy: "IfNotPresent" }, // what was loaded into a Kind node is in no registry
        operator: { replicaCount: replicas },
        metricsServer: { replicaCount: replicas },
        webhooks: { replicaCount: replicas },
        podDisruptionBudget: { operator: budget, metricServer: budget, webhooks: budget },
        resources: { operator: withoutCpuLimit(medium), metricServer: withoutCpuLimit(small), webhooks: withoutCpuLimit(small) },
        prometheus: { operator: { enabled: true }, metricServer: { enabled: true }, webhooks: { enabled: true } },
        enableServiceLinks: false,
        // Open by default: the right to scale and change every kind of object, and to read every secret of the cluster.
        rbac: { enabledCustomScaledRefKinds: false },
        permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
      },
      metrics: [kedaOperator, metricServer, webhooks].map((pods) => ({ pods, port: ports.prometheus })),
    });
  }
}

/** The chart has a limit of its own, which only null takes away. */
function withoutCpuLimit({ requests, limits }: PodResources): ChartValues {
  return { requests: { ...requests }, limits: { ...limits, cpu: null } };
}
