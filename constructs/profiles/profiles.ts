import { Construct } from "constructs";
import { Manifests } from "../addons/manifests";
import type { PlatformSetting } from "../addons/platform-setting";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import type { PodMonitor } from "../monitoring/pod-monitor";
import type { PrometheusOperatorCrds } from "../monitoring/prometheus-operator-crds";
import { telemetry } from "../monitoring/telemetry";
import type { IObjectStore } from "../object-store/object-store";
import { telemetryBucketNames } from "../shared/naming";
import type { IStorageClass } from "../storage/storage-class";
import { ProfileCollector } from "./profile-collector";
import { Pyroscope } from "./pyroscope";

export interface ProfilesProps {
  readonly setting: PlatformSetting;
  /** Their namespace is that of what watches the platform. */
  readonly crds: PrometheusOperatorCrds;
  readonly storageClass: IStorageClass;
  /** How long profiles are kept. */
  readonly retentionDays: number;
  /** Where they are kept. */
  readonly store: IObjectStore;
  /** What {@link pyroscopeAccount} may do. */
  readonly identity: IWorkloadIdentity;
}

/** Where the time of programs goes: fetched from workloads that declare a port for it, and kept. */
export class Profiles extends Construct {
  constructor(scope: Construct, id: string, { setting, crds, storageClass, retentionDays, store, identity }: ProfilesProps) {
    super(scope, id);
    const { namespace } = crds;
    const bucket = store.bucket(telemetryBucketNames.profiles);
    new Pyroscope(this, "Server", { setting, namespace, retentionDays, bucket, identity, storageClass });
    new ProfileCollector(this, "Collector", { setting, namespace });
    new Manifests(this, "Monitor", {
      release: "pyroscope-monitor",
      namespace,
      resources: [monitor(namespace.namespaceName)],
      requires: [crds],
    });
  }
}

function monitor(namespace: string): PodMonitor {
  const { pods } = telemetry.profiles;
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: "pyroscope", namespace },
    spec: {
      selector: { matchLabels: pods.labels },
      podMetricsEndpoints: [{ port: "http", relabelings: [{ targetLabel: "job", replacement: "pyroscope" }] }],
    },
  };
}
