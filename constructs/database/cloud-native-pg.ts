import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths } from "../connections/path";
import { GuardedNamespace } from "../namespaces/guarded-namespace";

const defaults = { chart: "cloudnative-pg", namespace: "cloudnative-pg" } as const;

/** Pods of the operator, which others talk to and are talked to by. */
export const operatorPods = { namespace: defaults.namespace, labels: { "app.kubernetes.io/name": defaults.chart } };

/** The operator that runs PostgreSQL in the cluster. */
export class CloudNativePg extends HelmAddon {
  /** Where its plugins are looked for. */
  readonly namespace: GuardedNamespace;

  constructor(scope: Construct, id: string, { setting }: AddonProps) {
    const { environment, footprint } = setting;
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment, name: defaults.namespace });
    const resources = footprint.resources("medium");
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: footprint.replicas, resources }],
      paths: operatorPaths(operatorPods, 9443),
      values: { replicaCount: footprint.replicas, resources },
      metrics: [{ pods: operatorPods, port: 8080 }],
    });
    this.namespace = namespace;
  }
}
