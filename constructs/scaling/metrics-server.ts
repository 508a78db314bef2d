import type { Construct } from "constructs";
import { disruptionBudget } from "../addons/disruption-budget";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { GuardedNamespace } from "../namespaces/guarded-namespace";

export interface MetricsServerProps extends AddonProps {
  /** Whether kubelets show a certificate of the cluster's CA. Kind's sign their own. */
  readonly kubeletCertificates: "signed" | "self-signed";
}

const defaults = { chart: "metrics-server", namespace: "metrics-server" } as const;

/** Port of the server's API, and of the kubelets that it asks. */
const port = 10250;

/** What pods and nodes use, for `kubectl top` and for autoscalers. */
export class MetricsServer extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, kubeletCertificates }: MetricsServerProps) {
    const { environment, footprint } = setting;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: defaults.namespace });
    const pods = { namespace: defaults.namespace };
    const resources = footprint.resources("medium");
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: footprint.replicas, resources }],
      paths: [
        { from: "api-server", to: pods, ports: [{ port }] }, // as part of the Kubernetes API
        { from: pods, to: "api-server" },
        { from: pods, to: "dns" },
        { from: pods, to: "nodes", ports: [{ port }] },
      ],
      values: {
        replicas: footprint.replicas,
        podDisruptionBudget: disruptionBudget(footprint.replicas),
        args: kubeletCertificates === "self-signed" ? ["--kubelet-insecure-tls"] : [],
        resources,
        metrics: { enabled: true }, // for who asks without a token
      },
      metrics: [{ pods, port, scheme: "https" }],
    });
  }
}
