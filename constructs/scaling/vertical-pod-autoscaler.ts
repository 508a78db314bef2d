import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { Installed } from "../addons/installed";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths } from "../connections/path";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { restrictedContainer } from "../shared/restricted-pod";

export interface VerticalPodAutoscalerProps extends AddonProps {
  /** What says how much pods use. */
  readonly metricsServer: Installed;
}

const defaults = { chart: "vertical-pod-autoscaler", namespace: "vertical-pod-autoscaler" } as const;

/** Recommends requests for pods, by what they have used. It changes none: whatever a `VerticalPodAutoscaler` asks for, nothing here acts on it. */
export class VerticalPodAutoscaler extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, metricsServer }: VerticalPodAutoscalerProps) {
    const { environment, footprint } = setting;
    const { replicas } = footprint;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: defaults.namespace });
    const resources = footprint.resources("medium");
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas, resources }],
      paths: operatorPaths({ namespace: defaults.namespace }),
      requires: [metricsServer],
      values: {
        admissionController: { enabled: false },
        updater: { enabled: false },
        recommender: { replicas, resources, podDisruptionBudget: { enabled: replicas > 1 } },
        podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
        containerSecurityContext: restrictedContainer,
      },
      metrics: [{ pods: { namespace: defaults.namespace }, port: 8942 }],
    });
  }
}
