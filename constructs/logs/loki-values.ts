import type { Environment } from "../../environments/environment";
import type { ChartValues } from "../addons/chart-values";
import { disruptionBudget } from "../addons/disruption-budget";
import type { PlatformSetting } from "../addons/platform-setting";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { monitoringNamespace } from "../monitoring/telemetry";
import { bytesOf } from "../namespaces/quantity";
import type { IBucket } from "../object-store/object-store";

interface LokiValuesProps {
  readonly setting: PlatformSetting;
  readonly bucket: IBucket;
  readonly identity: IWorkloadIdentity;
  readonly serviceAccount: string;
  /** ConfigMap whose files are the alerts on logs. */
  readonly rules: string;
  readonly storageClassName: string;
}

/** What each Loki gets. */
export function lokiResources({ footprint }: PlatformSetting) {
  return footprint.resources("large");
}

/** Volume of each: lines of the last two hours, which are not in the bucket yet, and the index of the last days. */
const volumeGib = 10;

/** Name of the object store in Loki's configuration. */
const store = "s3";

/** Without tenants everybody is this one: rules lie in a folder of its name. */
const onlyTenant = "fake";

const rulesFolder = "/etc/loki/rules";

/** Every Alertmanager of the operator's headless service gets each alert: they tell each other what they have sent, not what they know. */
const alertmanagers = `http://_http-web._tcp.alertmanager-operated.${monitoringNamespace}.svc.cluster.local`;

/** Values of Loki in one process, or in several that are all the same. */
export function lokiValues(props: LokiValuesProps): ChartValues {
  const { setting, identity, serviceAccount, rules } = props;
  const { environment, footprint } = setting;
  const { secretName, variables } = identity.containerEnvironment;
  const off = { enabled: false };
  const none = { replicas: 0 };
  return {
    deploymentMode: "Monolithic",
    write: none,
    read: none,
    backend: none,
    gateway: off,
    chunksCache: off,
    resultsCache: off,
    lokiCanary: off,
    test: off,
    // Alerts on logs come as a volume: nothing of it has to ask the API server.
    sidecar: { rules: off },
    rbac: { namespaced: true },
    serviceAccount: { name: serviceAccount, annotations: { ...identity.serviceAccountAnnotations }, automountServiceAccountToken: false },
    defaults: { automountServiceAccountToken: false, enableServiceLinks: false },
    // They have to find each other before they are ready.
    memberlist: { service: { publishNotReadyAddresses: true } },
    loki: configuration(props),
    singleBinary: {
      replicas: footprint.quorum,
      sidecar: false,
      resources: lokiResources(setting),
      podDisruptionBudget: disruptionBudget(footprint.quorum),
      extraEnv: Object.entries(variables).map(([name, value]) => ({ name, value })),
      extraEnvFrom: secretName === undefined ? [] : [{ secretRef: { name: secretName } }],
      extraVolumes: [{ name: "rules", configMap: { name: rules } }],
      extraVolumeMounts: [{ name: "rules", mountPath: `${rulesFolder}/${onlyTenant}`, readOnly: true }],
      persistence: {
        size: `${volumeGib}Gi`,
        storageClass: props.storageClassName,
        // Volumes of a stateful set stay behind when it goes, and cost money.
        enableStatefulSetAutoDeletePVC: true,
        whenDeleted: environment.disposable ? "Delete" : "Retain",
        whenScaled: "Retain",
      },
    },
  };
}

function configuration({ setting, bucket }: LokiValuesProps): ChartValues {
  const { environment, footprint } = setting;
  const { bucketName, endpoint, region } = bucket;
  const memory = bytesOf(lokiResources(setting).limits.memory);
  return {
    auth_enabled: false, // who may talk to it is a matter of paths
    server: { log_level: "warn" }, // else it logs every query, with the words that alerts look for
    analytics: { reporting_enabled: false }, // it has no way to the internet
    commonConfig: { replication_factor: footprint.quorum },
    schemaConfig: {
      configs: [{ from: "2026-01-01", store: "tsdb", object_store: store, schema: "v13", index: { prefix: "index_", period: "24h" } }],
    },
    storage: {
      type: store,
      bucketNames: { chunks: bucketName, ruler: bucketName }, // the chart may ask for it, though rules are files
      // By its path: on the laptop a bucket is no host's name. S3 takes both.
      s3: { endpoint, region, insecure: endpoint.startsWith("http:"), s3ForcePathStyle: true },
    },
    compactor: { retention_enabled: true, delete_request_store: store },
    rulerConfig: { storage: { type: "local", local: { directory: rulesFolder } } },
    // What the chart hands on to Loki as it is.
    structuredConfig: {
      limits_config: limits(environment),
      // What was not written to the bucket is read from the volume; beyond half of the memory it is written at once.
      ingester: { wal: { replay_memory_ceiling: `${Math.floor(memory / 2 ** 21)}MB` } },
      ruler: {
        alertmanager_url: alertmanagers,
        enable_alertmanager_discovery: true,
        external_labels: { environment: environment.name },
      },
    },
  };
}

/** Logs shrink to about a tenth (Loki documentation, "Sizing"). */
const compression = 10;

/** How much more than on average comes at busy times. */
const peak = 10;

/** What Loki keeps and takes. Nothing that is over a limit is lost without an alert. */
function limits({ observability: { logs } }: Environment): ChartValues {
  const { mibPerDay, retentionDays, streams } = logs;
  const meanMib = (mibPerDay * compression) / (24 * 3600);
  const rate = Math.max(4, Math.ceil(meanMib * peak)); // Loki's default at least: a laptop is busy for minutes
  return {
    retention_period: hours(retentionDays),
    // A stream that several selectors fit is kept for the longest of their times.
    retention_stream: Object.values(streams).map((stream) => ({
      selector: stream.selector,
      period: hours(stream.retentionDays),
      priority: stream.retentionDays,
    })),
    reject_old_samples: true,
    reject_old_samples_max_age: hours(Math.min(retentionDays, 7)),
    ingestion_rate_mb: rate,
    ingestion_burst_size_mb: 2 * rate,
    per_stream_rate_limit: `${rate}MB`,
    per_stream_rate_limit_burst: `${2 * rate}MB`,
    max_line_size: "256KB",
    max_line_size_truncate: true, // else a longer line is lost as a whole
    allow_structured_metadata: true, // pod, node, level and trace of each line
    discover_service_name: [], // it would be a label beside `workload` that says the same
  };
}

function hours(days: number): string {
  return `${days * 24}h`;
}
