import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { monitoringNamespace } from "./telemetry";

const defaults = { chart: "prometheus-operator-crds" } as const;

/**
 * Types of the Prometheus operator, so that monitors and rules have a home in every environment, also where nothing reads
 * them. In a release of their own: Helm never upgrades types that come in a chart's `crds/`.
 */
export class PrometheusOperatorCrds extends HelmAddon {
  /** Where what reads monitors and rules is installed. */
  readonly namespace: GuardedNamespace;

  constructor(scope: Construct, id: string, { setting }: AddonProps) {
    const namespace = new GuardedNamespace(scope, `${id}Namespace`, { environment: setting.environment, name: monitoringNamespace });
    super(scope, id, { setting, chart: defaults.chart, namespace, values: {}, metrics: { none: "it has no pods" } });
    this.namespace = namespace;
  }
}
