import type { Construct } from "constructs";
import { mergedValues, type ChartValues } from "../addons/chart-values";
import { HelmAddon } from "../addons/helm-addon";
import type { Installed } from "../addons/installed";
import type { AddonProps } from "../addons/platform-setting";
import { operatorPaths, type Path, type Pods } from "../connections/path";
import { SecretCopy } from "../secrets/secret-copy";
import type { ISecretStore } from "../secrets/secret-store";
import type { IStorageClass } from "../storage/storage-class";
import { stackValues, stackAsks } from "./kube-prometheus-stack-values";
import type { IMetricsArchive } from "./metrics-archive";
import type { PrometheusOperatorCrds } from "./prometheus-operator-crds";
import { telemetry } from "./telemetry";

export interface KubePrometheusStackProps extends AddonProps {
  /** Their namespace is the stack's, too. */
  readonly crds: PrometheusOperatorCrds;
  /** Signs the certificate of the operator's webhook. */
  readonly certManager: Installed;
  /** Keeps the password of Grafana's administrator. */
  readonly secretStore: ISecretStore;
  /** Volumes of Prometheus and Alertmanager. */
  readonly storageClass: IStorageClass;
  /** Where metrics outlive Prometheus' own volume. @default nowhere */
  readonly archive?: IMetricsArchive | undefined;
  /** Further values of Alertmanager: who is told of what. @default nobody is told */
  readonly alertmanager?: ChartValues;
}

const defaults = { chart: "kube-prometheus-stack", adminSecret: "grafana-admin" } as const;

/** Prometheus, Alertmanager and Grafana, with the operator that makes them from monitors and rules of every namespace. */
export class KubePrometheusStack extends HelmAddon {
  constructor(scope: Construct, id: string, props: KubePrometheusStackProps) {
    const { alertmanager, archive, certManager, crds, secretStore, setting, storageClass } = props;
    const { namespace } = crds;
    const administrator = new SecretCopy(scope, `${id}Administrator`, {
      store: secretStore,
      namespace,
      name: defaults.adminSecret,
      data: { password: secretStore.generate(scope, `${id}Password`, defaults.adminSecret) },
      template: { "admin-user": "admin", "admin-password": "{{ .password }}" },
    });
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: stackAsks(setting),
      paths: [...stackPaths(namespace.namespaceName), ...(archive?.paths(telemetry.prometheus.pods) ?? [])],
      requires: [crds, certManager, storageClass, administrator, ...(archive ? [archive] : [])],
      values: mergedValues(
        stackValues({
          setting,
          namespace: namespace.namespaceName,
          adminSecret: administrator.secretName,
          storageClassName: storageClass.storageClassName,
          archive,
        }),
        { alertmanager },
      ),
      metrics: { by: "monitors of the chart" },
    });
  }
}

/** Who talks to whom, within the stack and around it. */
function stackPaths(namespace: string): readonly Path[] {
  const pods = (name: string): Pods => ({ namespace, labels: { "app.kubernetes.io/name": name } });
  const operator = pods(`${defaults.chart}-prometheus-operator`);
  const prometheus = pods("prometheus");
  const alertmanager = pods("alertmanager");
  const grafana = pods("grafana");
  const stateMetrics = pods("kube-state-metrics");
  const reloader = { port: 8080 };
  const peers = [{ port: 9094 }, { port: 9094, protocol: "UDP" as const }];
  return [
    ...operatorPaths(operator, 10250),
    ...operatorPaths(prometheus),
    ...operatorPaths(stateMetrics),
    ...operatorPaths(grafana), // its sidecars find dashboards
    // What Prometheus asks: kubelets and node exporters, CoreDNS, and the stack itself.
    { from: prometheus, to: "nodes", ports: [{ port: 10250 }, { port: 9100 }] },
    { from: prometheus, to: "dns", ports: [{ port: 9153 }] },
    { from: prometheus, to: prometheus, ports: [{ port: 9090 }, reloader] },
    { from: prometheus, to: alertmanager, ports: [{ port: 9093 }, reloader] },
    { from: prometheus, to: grafana, ports: [{ port: 3000 }] },
    { from: prometheus, to: stateMetrics, ports: [{ port: 8080 }] },
    { from: prometheus, to: operator, ports: [{ port: 10250 }] },
    { from: grafana, to: prometheus, ports: [{ port: 9090 }] },
    { from: grafana, to: alertmanager, ports: [{ port: 9093 }] },
    { from: alertmanager, to: "dns" },
    { from: alertmanager, to: alertmanager, ports: peers },
  ];
}
