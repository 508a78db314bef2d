import { catalogFor } from "../../../constructs/catalog";
import { Loki, lokiAccount } from "../../../constructs/logs/loki";
import { PrometheusOperatorCrds } from "../../../constructs/monitoring/prometheus-operator-crds";
import { telemetryBuckets } from "../../../constructs/observability/telemetry-buckets";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { platformStackOf } from "../../platform-stack";
import { release, valuesOf } from "../../released";
import { statement, statementsOf, type SynthesizedStack } from "../../synthesized";

const { dev, local, prod } = environments;

interface Values {
  readonly [key: string]: unknown;
  readonly loki: Readonly<Record<string, Part>> & { readonly structuredConfig: Readonly<Record<string, Part>> };
  readonly singleBinary: Part & { readonly persistence: Part; readonly extraEnvFrom: readonly unknown[] };
}
type Part = Readonly<Record<string, unknown>>;

describe("Loki", () => {
  const onAws = lokiOf(dev);
  const onLaptop = lokiOf(local);
  const highlyAvailable = lokiOf(prod);

  it("consists of", () => {
    expect(partsOf(onLaptop)).toEqual([
      "helm_release",
      "kubernetes_config_map_v1", // alerts on logs
      "kubernetes_network_policy_v1", // Loki
      "kubernetes_network_policy_v1", // MinIO
      "kubernetes_network_policy_v1", // Alertmanager
      "kubernetes_network_policy_v1", // Grafana
    ]);
  });

  it("keeps logs in the bucket, as itself and with nobody's keys in the values", () => {
    const { storage } = valuesIn(onAws).loki;
    expect(storage).toEqual({
      type: "s3",
      bucketNames: { chunks: "ml-platform-dev-telemetry-logs-000000000001", ruler: "ml-platform-dev-telemetry-logs-000000000001" },
      s3: { endpoint: "https://s3.eu-central-1.amazonaws.com", region: "eu-central-1", insecure: false, s3ForcePathStyle: true },
    });
    expect(onAws.one("aws_iam_role", "Identity").name).toBe("ml-platform-dev-loki");
    const { policy } = onAws.one("aws_iam_role_policy", "Identity");
    expect(statement(policy, "Write").Resource).toEqual(["arn:aws:s3:::ml-platform-dev-telemetry-logs-000000000001/*"]);
    expect(onAws.one("aws_eks_pod_identity_association", "Identity")).toMatchObject({ namespace: "monitoring", service_account: "loki" });
    expect(valuesIn(onAws).singleBinary.extraEnvFrom).toEqual([]);
  });

  it("signs in to MinIO with a user of its own on the laptop", () => {
    const { loki, singleBinary } = valuesIn(onLaptop);
    expect(loki.storage).toMatchObject({
      bucketNames: { chunks: "ml-platform-local-telemetry-logs", ruler: "ml-platform-local-telemetry-logs" },
      s3: { endpoint: "http://minio.state-store.svc:9000", insecure: true, s3ForcePathStyle: true },
    });
    expect(singleBinary.extraEnvFrom).toEqual([{ secretRef: { name: "workload-loki" } }]);
    const files = onLaptop.one("kubernetes_config_map_v1", "Identity").data as Readonly<Record<string, string>>;
    expect(statementsOf(files["policy.json"]).map(({ Sid }) => Sid)).toEqual(expect.arrayContaining(["Write", "NoOldReads", "NoStates"]));
  });

  it("is there once its bucket, its identity, the class of its volume and its alerts are", () => {
    expect(release(onLaptop, "loki").depends_on).toEqual(
      expect.arrayContaining([
        onLaptop.address("kubernetes_job_v1", "TelemetryStore_Bucket-telemetry-logs"),
        onLaptop.address("kubernetes_job_v1", "Identity"),
        onLaptop.address("kubernetes_storage_class_v1"),
        onLaptop.address("kubernetes_config_map_v1", "LokiRules"),
      ]),
    );
  });

  it("runs as one process, or as three that keep every line three times", () => {
    for (const [stack, replicas] of [
      [onLaptop, 1],
      [onAws, 1],
      [highlyAvailable, 3],
    ] as const) {
      const { loki, singleBinary } = valuesIn(stack);
      expect(singleBinary.replicas).toBe(replicas);
      expect(loki.commonConfig).toEqual({ replication_factor: replicas });
      expect(singleBinary.podDisruptionBudget).toEqual({ enabled: replicas > 1, minAvailable: Math.max(1, replicas - 1) });
    }
  });

  it("brings nothing along that the platform has no use for", () => {
    const values = valuesIn(onAws);
    expect(values).toMatchObject({ deploymentMode: "Monolithic", write: { replicas: 0 }, read: { replicas: 0 }, backend: { replicas: 0 } });
    for (const part of ["gateway", "chunksCache", "resultsCache", "lokiCanary", "test"]) expect(values[part]).toEqual({ enabled: false });
    expect(values.loki.analytics).toEqual({ reporting_enabled: false });
  });

  it("asks the API server nothing, and has no token to ask with", () => {
    expect(valuesIn(onAws)).toMatchObject({
      sidecar: { rules: { enabled: false } },
      singleBinary: { sidecar: false },
      rbac: { namespaced: true },
      serviceAccount: { name: lokiAccount.serviceAccount, automountServiceAccountToken: false },
      defaults: { automountServiceAccountToken: false },
    });
  });

  it("deletes what is too old, stream by stream; what two selectors fit stays for the longer time", () => {
    const environment = withLogs(dev, {
      retentionDays: 7,
      streams: {
        audit: { selector: '{namespace="kyverno"}', retentionDays: 90 },
        noise: { selector: '{container="proxy"}', retentionDays: 1 },
      },
      mibPerDay: 1000,
    });
    const { compactor, structuredConfig } = valuesIn(lokiOf(environment)).loki;
    expect(compactor).toEqual({ retention_enabled: true, delete_request_store: "s3" });
    expect(structuredConfig.limits_config).toMatchObject({
      retention_period: "168h",
      retention_stream: [
        { selector: '{namespace="kyverno"}', period: "2160h", priority: 90 },
        { selector: '{container="proxy"}', period: "24h", priority: 1 },
      ],
      reject_old_samples: true,
      reject_old_samples_max_age: "168h",
    });
  });

  it("takes nothing older than it keeps", () => {
    const { limits_config } = valuesIn(onLaptop).loki.structuredConfig;
    expect(limits_config).toMatchObject({ retention_period: "48h", reject_old_samples_max_age: "48h" });
  });

  it.each([
    [200, 4], // what a laptop writes: Loki's default
    [100_000, 116], // ten times the mean of what is not compressed yet
  ])("takes more at a time the more is expected: %d MiB a day", (mibPerDay, rate) => {
    const { limits_config } = valuesIn(lokiOf(withLogs(dev, { retentionDays: 7, streams: {}, mibPerDay }))).loki.structuredConfig;
    expect(limits_config).toMatchObject({
      ingestion_rate_mb: rate,
      ingestion_burst_size_mb: 2 * rate,
      per_stream_rate_limit: `${rate}MB`,
      per_stream_rate_limit_burst: `${2 * rate}MB`,
      max_line_size_truncate: true,
    });
  });

  it("reads what it had not written yet into half of its memory at most", () => {
    expect(valuesIn(onLaptop).loki.structuredConfig.ingester).toMatchObject({ wal: { replay_memory_ceiling: "512MB" } });
    expect(valuesIn(onAws).loki.structuredConfig.ingester).toMatchObject({ wal: { replay_memory_ceiling: "1024MB" } });
  });

  it("reads its alerts from a volume, in the folder of the only tenant, and tells every Alertmanager", () => {
    const { loki, singleBinary } = valuesIn(onAws);
    expect(loki).toMatchObject({
      auth_enabled: false,
      rulerConfig: { storage: { type: "local", local: { directory: "/etc/loki/rules" } } },
      structuredConfig: {
        ruler: {
          alertmanager_url: "http://_http-web._tcp.alertmanager-operated.monitoring.svc.cluster.local",
          enable_alertmanager_discovery: true,
          external_labels: { environment: "dev" },
        },
      },
    });
    expect(singleBinary.extraVolumes).toEqual([{ name: "rules", configMap: { name: "loki-rules" } }]);
    expect(singleBinary.extraVolumeMounts).toEqual([{ name: "rules", mountPath: "/etc/loki/rules/fake", readOnly: true }]);
    const { data, metadata } = onAws.one("kubernetes_config_map_v1", "LokiRules");
    expect(metadata).toMatchObject({ name: "loki-rules" });
    const { groups } = JSON.parse((data as Readonly<Record<string, string>>)["rules.yaml"] ?? "") as { readonly groups: readonly Part[] };
    expect(groups).toEqual([expect.objectContaining({ name: "logs" })]);
  });

  it("leaves its volume behind where data is kept", () => {
    expect(valuesIn(onLaptop).singleBinary.persistence).toMatchObject({ enableStatefulSetAutoDeletePVC: true, whenDeleted: "Delete" });
    expect(valuesIn(highlyAvailable).singleBinary.persistence).toMatchObject({ whenDeleted: "Retain", whenScaled: "Retain" });
  });

  it("talks to its bucket, to its like and to Alertmanager, and is asked by Grafana", () => {
    const paths = networkPaths(onLaptop);
    expect(paths["loki-loki"]).toEqual([
      "from monitoring/loki 3100 9095 7946",
      "from monitoring/grafana 3100",
      "to state-store/minio 9000",
      "to kube-system/kube-dns 53/UDP 53",
      "to monitoring/loki 3100 9095 7946",
      "to monitoring/alertmanager 9093",
    ]);
    expect(paths["loki-alertmanager"]).toEqual(["from monitoring/loki 9093"]);
    expect(paths["loki-grafana"]).toEqual(["to monitoring/loki 3100"]);
  });
});

function withLogs<Target extends Environment>(environment: Target, logs: Environment["observability"]["logs"]): Target {
  return { ...environment, observability: { ...environment.observability, logs } };
}

function lokiOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting, cluster }) => {
    const catalog = catalogFor(environment);
    const { namespace } = new PrometheusOperatorCrds(stack, "Crds", { setting });
    const store = catalog.objectStore(stack, "TelemetryStore", { setting, purpose: "telemetry", buckets: telemetryBuckets(environment) });
    const storageClass = catalog.storageClass(stack, "StorageClass", { setting });
    const identity = catalog.workloadIdentity(stack, "Identity", { setting, cluster, namespace, ...lokiAccount, statements: [] });
    new Loki(stack, "Loki", { setting, namespace, bucket: store.bucket("telemetry-logs"), identity, storageClass });
  });
}

function partsOf(stack: SynthesizedStack): readonly string[] {
  return stack.resources
    .filter(({ name }) => name.startsWith("Loki"))
    .map(({ type }) => type)
    .sort();
}

function valuesIn(stack: SynthesizedStack): Values {
  return valuesOf(release(stack, "loki")) as Values;
}
