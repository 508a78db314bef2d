import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { StatefulSetV1 } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { stringify } from "yaml";
import { installedBeside, type Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import { NetworkPolicies } from "../connections/network-policies";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import { telemetry } from "../monitoring/telemetry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { IBucket } from "../object-store/object-store";
import { restrictedContainer, restrictedPod } from "../shared/restricted-pod";
import type { IStorageClass } from "../storage/storage-class";

export interface PyroscopeProps {
  readonly setting: PlatformSetting;
  /** Namespace of what watches the platform. */
  readonly namespace: GuardedNamespace;
  /** How long profiles are kept. */
  readonly retentionDays: number;
  /** Where they are kept. */
  readonly bucket: IBucket;
  /** What {@link pyroscopeAccount} may do. */
  readonly identity: IWorkloadIdentity;
  /** Of the volume for what is not in the bucket yet. */
  readonly storageClass: IStorageClass;
}

/** Service account that reads and writes the bucket. */
export const pyroscopeAccount = { serviceAccount: "pyroscope", purpose: "pyroscope" } as const;

const name = pyroscopeAccount.serviceAccount;

/** The last line of Pyroscope that runs as one process and keeps its blocks itself. */
const image = "docker.io/grafana/pyroscope:1.18.0@sha256:e7edae4fd99dbb8695a1e03d7db96ab247630cf83842407908922b2f66aafc6a";

/** Volume in GiB: some hours of profiles, after which they are in the bucket, and what is put together out of it. */
const volumeGib = 5;

/** Where it writes: its folders are relative to the one that it runs in. */
const folder = "/var/lib/pyroscope";

/** Keeps profiles in the object store: one process with one disk. No chart of it is known, and it needs none. */
export class Pyroscope extends Construct implements Installed, Recorded {
  /** Escape hatch. */
  readonly resource: StatefulSetV1;
  readonly installed: readonly ITerraformDependable[];
  readonly ledgerEntries: LedgerEntries = imageEntries(image);

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PyroscopeProps,
  ) {
    super(scope, id);
    const { bucket, identity, namespace, setting } = props;
    const { grafana, profiles, prometheus } = telemetry;
    const ports = [{ port: profiles.port }];
    bucket.grantReadWrite(identity, "Bucket-profiles");
    const policies = new NetworkPolicies(this, "Paths", {
      owner: name,
      places: setting.places,
      paths: [
        ...identity.paths(profiles.pods),
        { from: profiles.pods, to: "dns" },
        { from: grafana.pods, to: profiles.pods, ports },
        { from: prometheus.pods, to: profiles.pods, ports },
      ],
    });
    namespace.expect([{ replicas: 1, resources: this.resources }]);
    const metadata = { name, namespace: namespace.resource.metadata.name };
    const account = new ServiceAccountV1(this, "ServiceAccount", {
      metadata: { ...metadata, annotations: { ...identity.serviceAccountAnnotations } },
      automountServiceAccountToken: false,
    });
    const files = new ConfigMapV1(this, "Files", { metadata, data: { "config.yaml": stringify(configuration(props)) } });
    new ServiceV1(this, "Service", {
      metadata,
      spec: { selector: labels, port: [{ name: "http", port: profiles.port, targetPort: "http" }] },
    });
    this.resource = this.createServer(account.metadata.name, files, [
      ...namespace.guards,
      ...policies.resources,
      ...installedBeside(this, [identity, bucket]),
    ]);
    this.installed = [this.resource];
  }

  private get resources() {
    return this.props.setting.footprint.resources("medium");
  }

  private createServer(serviceAccountName: string, files: ConfigMapV1, dependsOn: ITerraformDependable[]): StatefulSetV1 {
    const { namespace, setting, storageClass } = this.props;
    const { disposable } = setting.environment;
    return new StatefulSetV1(this, "Resource", {
      metadata: { name, namespace: namespace.resource.metadata.name, labels },
      spec: {
        serviceName: name,
        replicas: "1",
        selector: { matchLabels: labels },
        persistentVolumeClaimRetentionPolicy: [{ whenDeleted: disposable ? "Delete" : "Retain", whenScaled: "Retain" }],
        template: {
          metadata: { labels, annotations: { "evenkeel/config": Fn.sha256(Fn.lookup(files.data, "config.yaml", "")) } },
          spec: {
            ...restrictedPod,
            serviceAccountName,
            container: [this.container()],
            volume: [
              { name: "config", configMap: { name: files.metadata.name } },
              { name: "tmp", emptyDir: {} },
            ],
          },
        },
        volumeClaimTemplate: [
          {
            metadata: { name: "data" },
            spec: {
              storageClassName: storageClass.storageClassName,
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage: `${volumeGib}Gi` } },
            },
          },
        ],
      },
      dependsOn,
    });
  }

  private container() {
    const { containerEnvironment } = this.props.identity;
    return {
      name,
      image,
      args: ["-config.file=/etc/pyroscope/config.yaml"],
      workingDir: folder,
      port: [{ name: "http", containerPort: telemetry.profiles.port }],
      env: Object.entries(containerEnvironment.variables).map(([variable, value]) => ({ name: variable, value })),
      envFrom: containerEnvironment.secretName ? [{ secretRef: { name: containerEnvironment.secretName } }] : [],
      readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 10, failureThreshold: 6 },
      securityContext: restrictedContainer,
      resources: this.resources,
      volumeMount: [
        { name: "config", mountPath: "/etc/pyroscope", readOnly: true },
        { name: "data", mountPath: folder },
        { name: "tmp", mountPath: "/tmp" },
      ],
    };
  }
}

const labels: Record<string, string> = { ...telemetry.profiles.pods.labels };

/** Its configuration file (Pyroscope documentation, "Configuration parameters"). */
function configuration({ bucket: { bucketName, endpoint, region }, retentionDays }: PyroscopeProps) {
  const { host, protocol } = new URL(endpoint);
  return {
    target: "all",
    server: { http_listen_port: telemetry.profiles.port },
    analytics: { reporting_enabled: false }, // it has no way to the internet
    self_profiling: { disable_push: true },
    limits: { compactor_blocks_retention_period: `${retentionDays * 24}h` },
    storage: { backend: "s3", s3: { bucket_name: bucketName, endpoint: host, region, insecure: protocol === "http:" } },
  };
}
