import { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import type { IWorkloadIdentity, WorkloadIdentityProps } from "../identity/workload-identity";
import type { IIngress } from "../ingress/ingress";
import type { KubePrometheusStack } from "../monitoring/kube-prometheus-stack";
import type { PrometheusOperatorCrds } from "../monitoring/prometheus-operator-crds";
import type { ISecretStore } from "../secrets/secret-store";
import type { IStorageClass } from "../storage/storage-class";

export interface ObservabilityProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  readonly crds: PrometheusOperatorCrds;
  /** Prometheus, Alertmanager and Grafana. */
  readonly stack: KubePrometheusStack;
  readonly certManager: Installed;
  readonly secretStore: ISecretStore;
  readonly storageClass: IStorageClass;
  readonly ingress: IIngress;
  /** Makes the identity of a service account. */
  identity(
    scope: Construct,
    id: string,
    account: Pick<WorkloadIdentityProps, "namespace" | "serviceAccount" | "purpose" | "statements">,
  ): IWorkloadIdentity;
}

/** What watches the platform beside Prometheus: probes, logs, traces, profiles; and the rules and dashboards of the platform itself. */
export class Observability extends Construct {
  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    void props;
  }
}
