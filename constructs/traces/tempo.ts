import type { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import type { AddonProps } from "../addons/platform-setting";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { prometheusUrls } from "../monitoring/prometheus-replicas";
import { telemetry } from "../monitoring/telemetry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { bytesOf } from "../namespaces/quantity";
import type { IBucket } from "../object-store/object-store";
import { restrictedContainer } from "../shared/restricted-pod";
import type { IStorageClass } from "../storage/storage-class";
import { tempoReceiverPort } from "./collector-configuration";

export interface TempoProps extends AddonProps {
  /** Namespace of what watches the platform. */
  readonly namespace: GuardedNamespace;
  /** Where traces are kept. */
  readonly bucket: IBucket;
  /** What {@link tempoAccount} may do. */
  readonly identity: IWorkloadIdentity;
  /** Of the volume for what is not in the bucket yet. */
  readonly storageClass: IStorageClass;
}

const defaults = { chart: "tempo" } as const;

/** Service account that reads and writes the bucket. */
export const tempoAccount = { serviceAccount: "tempo", purpose: "tempo" } as const;

/** Volume in GiB: half an hour of traces, after which they are in the bucket, and what is made of them for Prometheus. */
const volumeGib = 5;

/** Where the volume is mounted; everything else is read-only. */
const folder = "/var/tempo";

/**
 * The collector sends OTLP over gRPC and nothing else. The chart's service asks for the protocols of Jaeger without looking whether there are
 * any, and Tempo refuses a receiver that has none: one is left, where nobody reaches it.
 */
const receivers = {
  jaeger: { protocols: { grpc: { endpoint: "127.0.0.1:14250" }, thrift_binary: null, thrift_compact: null, thrift_http: null } },
  otlp: { protocols: { grpc: { endpoint: `0.0.0.0:${tempoReceiverPort}` }, http: null } },
};

/** Share of the memory limit that Go's runtime keeps to: what is beside its heap takes the rest. */
const heapShare = 0.8;

/** Keeps traces in the object store, and draws from them who calls whom: one process with one disk. */
export class Tempo extends HelmAddon {
  constructor(scope: Construct, id: string, { setting, namespace, bucket, identity, storageClass }: TempoProps) {
    const { environment, footprint } = setting;
    const resources = footprint.resources("medium");
    const { prometheus, grafana, traces } = telemetry;
    const { serviceAccount } = tempoAccount;
    bucket.grantReadWrite(identity, "Bucket-traces");
    const { containerEnvironment, serviceAccountAnnotations } = identity;
    const heapMib = Math.floor((bytesOf(resources.limits.memory) * heapShare) / 2 ** 20);
    const variables = { ...containerEnvironment.variables, GOMEMLIMIT: `${heapMib}MiB` };
    super(scope, id, {
      setting,
      chart: defaults.chart,
      namespace,
      asks: [{ replicas: 1, resources }],
      paths: [
        ...identity.paths(traces.pods),
        { from: traces.pods, to: "dns" },
        { from: traces.pods, to: prometheus.pods, ports: [{ port: prometheus.port }] },
        { from: grafana.pods, to: traces.pods, ports: [{ port: traces.port }] },
      ],
      requires: [identity, bucket, storageClass],
      values: {
        replicas: 1,
        tempo: {
          resources,
          reportingEnabled: false, // it has no way to the internet
          memBallastSizeMbs: 0, // the default lets the heap grow to twice a gibibyte before anything is cleared away
          retention: `${environment.observability.traces.retentionDays * 24}h`,
          receivers,
          storage: { trace: { backend: "s3", s3: place(bucket) } },
          // Metrics of spans are left out: of traces that were sampled they would count too few.
          overrides: { defaults: { metrics_generator: { processors: ["service-graphs"] } } },
          metricsGenerator: {
            enabled: true,
            storage: {
              path: `${folder}/generator`,
              remote_write: prometheusUrls(footprint.replicas).map((url) => ({ url: `${url}/api/v1/write` })),
            },
            traces_storage: { path: `${folder}/generator-traces` },
          },
          securityContext: restrictedContainer,
          extraEnv: Object.entries(variables).map(([name, value]) => ({ name, value })),
          extraEnvFrom: containerEnvironment.secretName ? [{ secretRef: { name: containerEnvironment.secretName } }] : [],
        },
        securityContext: { seccompProfile: { type: "RuntimeDefault" } },
        serviceAccount: { name: serviceAccount, annotations: { ...serviceAccountAnnotations }, automountServiceAccountToken: false },
        persistence: {
          enabled: true,
          size: `${volumeGib}Gi`,
          storageClassName: storageClass.storageClassName,
          enableStatefulSetAutoDeletePVC: environment.disposable, // else it stays behind, and costs money
        },
      },
      metrics: [{ pods: traces.pods, port: traces.port }],
    });
  }
}

/** The bucket as Tempo's client wants it: the host without a scheme. */
function place({ bucketName, endpoint, region }: IBucket) {
  const { host, protocol } = new URL(endpoint);
  return { bucket: bucketName, endpoint: host, region, insecure: protocol === "http:" };
}
