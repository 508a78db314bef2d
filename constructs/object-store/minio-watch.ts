import { Construct } from "constructs";
import type { LocalEnvironment } from "../../environments/environment";
import { Manifests } from "../addons/manifests";
import type { PlatformSetting } from "../addons/platform-setting";
import { NetworkPolicies } from "../connections/network-policies";
import type { PodMonitor } from "../monitoring/pod-monitor";
import { SignalRules } from "../monitoring/signal-rules";
import type { SignalExpressions } from "../monitoring/signals";
import { telemetry } from "../monitoring/telemetry";
import { minioPort, minioServiceName, stateStoreNamespace } from "../state/minio";

export interface MinioWatchProps {
  readonly environment: LocalEnvironment;
  readonly setting: PlatformSetting;
}

const name = "object-store";

/** Signals of MinIO's buckets. The server is of the state's stack, which comes before Prometheus' types; what watches it comes after. */
export class MinioWatch extends Construct {
  constructor(scope: Construct, id: string, { environment, setting }: MinioWatchProps) {
    super(scope, id);
    const pods = { namespace: stateStoreNamespace, labels: { app: minioServiceName } };
    const policies = new NetworkPolicies(this, "Paths", {
      owner: name,
      places: setting.places,
      paths: [{ from: telemetry.prometheus.pods, to: pods, ports: [{ port: minioPort }] }],
    });
    const monitor: PodMonitor = {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: { name, namespace: stateStoreNamespace },
      spec: {
        selector: { matchLabels: pods.labels },
        podMetricsEndpoints: [
          { port: "s3", path: "/minio/v2/metrics/bucket", relabelings: [{ targetLabel: "job", replacement: minioServiceName }] },
        ],
      },
    };
    new Manifests(this, "Monitor", {
      release: `${name}-monitor`,
      namespace: stateStoreNamespace,
      resources: [monitor],
      requires: [{ installed: policies.resources }],
    });
    new SignalRules(this, "Rules", {
      ...{ environment, namespace: stateStoreNamespace, subject: "objectStore", name },
      expressions: minioSignals,
      requires: [],
    });
  }
}

/** By the server itself, which counts what is in its buckets as it goes over them: at most some hours ago. */
const minioSignals: SignalExpressions<"objectStore"> = {
  size: `max by (bucket) (minio_bucket_usage_total_bytes{job="${minioServiceName}"})`,
  objects: `max by (bucket) (minio_bucket_usage_object_total{job="${minioServiceName}"})`,
};
