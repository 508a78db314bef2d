import { Construct } from "constructs";
import { platformRules } from "../alerts/platform-rules";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import { Dashboards } from "../dashboards/dashboards";
import type { IWorkloadIdentity, WorkloadIdentityProps } from "../identity/workload-identity";
import type { IIngress } from "../ingress/ingress";
import { Logs } from "../logs/logs";
import { lokiAccount } from "../logs/loki";
import type { KubePrometheusStack } from "../monitoring/kube-prometheus-stack";
import type { PrometheusOperatorCrds } from "../monitoring/prometheus-operator-crds";
import { PrometheusRules } from "../monitoring/prometheus-rules";
import type { IObjectStore } from "../object-store/object-store";
import { BlackboxExporter } from "../probes/blackbox-exporter";
import { Profiles } from "../profiles/profiles";
import { pyroscopeAccount } from "../profiles/pyroscope";
import type { ISecretStore } from "../secrets/secret-store";
import type { IStorageClass } from "../storage/storage-class";
import { tempoAccount } from "../traces/tempo";
import { Traces } from "../traces/traces";

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
  /** Buckets of logs, traces and profiles: {@link telemetryBucketNames}. */
  readonly store: IObjectStore;
  /** Most nodes that the cluster grows to. */
  readonly mostNodes: number;
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
    const { crds, ingress, setting } = props;
    const { environment } = setting;
    const { namespace } = crds;
    new PrometheusRules(this, "Rules", { environment, namespace, name: "platform", groups: platformRules, requires: [crds] });
    new BlackboxExporter(this, "Prober", { setting, namespace: crds.namespace, ingress });
    new Dashboards(this, "Dashboards", { environment, namespace });
    this.addTraces(props);
    this.addProfiles(props);
    this.addLogs(props);
  }

  private addLogs({ setting, crds: { namespace }, identity, storageClass, store, mostNodes }: ObservabilityProps): void {
    const loki = identity(this, "LokiIdentity", { namespace, ...lokiAccount, statements: [] });
    new Logs(this, "Logs", { setting, namespace, storageClass, store, identity: loki, mostNodes });
  }

  private addTraces({ setting, certManager, crds: { namespace }, identity, storageClass, store }: ObservabilityProps): void {
    const tempo = identity(this, "TempoIdentity", { namespace, ...tempoAccount, statements: [] });
    new Traces(this, "Traces", { setting, namespace, certManager, storageClass, store, identity: tempo });
  }

  /** Only where the environment says so: most workloads have none. */
  private addProfiles({ setting, crds, identity, storageClass, store }: ObservabilityProps): void {
    const { profiles } = setting.environment.observability;
    if (profiles === undefined) return;
    const pyroscope = identity(this, "PyroscopeIdentity", { namespace: crds.namespace, ...pyroscopeAccount, statements: [] });
    const { retentionDays } = profiles;
    new Profiles(this, "Profiles", { setting, crds, storageClass, retentionDays, store, identity: pyroscope });
  }
}
