import { catalogFor } from "../../../constructs/catalog";
import { CertManager } from "../../../constructs/certificates/cert-manager";
import { dataSources } from "../../../constructs/monitoring/data-sources";
import { KubePrometheusStack, type KubePrometheusStackProps } from "../../../constructs/monitoring/kube-prometheus-stack";
import { PrometheusOperatorCrds } from "../../../constructs/monitoring/prometheus-operator-crds";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { composedProblems } from "../../composed-problems";
import { networkPaths } from "../../network-paths";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { manifest, release, valuesOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local, dev, prod } = environments;

interface Values {
  readonly [key: string]: unknown;
  readonly alertmanager: Part & { readonly alertmanagerSpec: Part };
  readonly grafana: Part;
  readonly "kube-state-metrics": Part;
  readonly prometheus: Part & { readonly prometheusSpec: Part };
}
type Part = Readonly<Record<string, unknown>>;

describe("KubePrometheusStack", () => {
  const stack = stackOf(dev);
  const resource = release(stack, "kube-prometheus-stack");
  const values = monitoringValues(stack);

  it("consists of", () => {
    expect(
      stack.resources
        .filter(({ name }) => name.startsWith("Monitoring"))
        .map(({ type }) => type)
        .sort(),
    ).toEqual([
      "aws_secretsmanager_secret", // Grafana's administrator
      "aws_secretsmanager_secret_version",
      "helm_release", // the stack
      "helm_release", // the copy of that secret
      "kubernetes_network_policy_v1", // operator
      "kubernetes_network_policy_v1", // Prometheus
      "kubernetes_network_policy_v1", // Alertmanager
      "kubernetes_network_policy_v1", // Grafana
      "kubernetes_network_policy_v1", // kube-state-metrics
      "random_password",
    ]);
  });

  it("comes after the types, the signer of its webhook, the class of its volumes and Grafana's administrator", () => {
    expect(resource.depends_on).toEqual(
      expect.arrayContaining([
        stack.address("helm_release", "Crds"),
        stack.address("helm_release", "CertManager"),
        stack.address("kubernetes_storage_class_v1"),
        stack.address("helm_release", "MonitoringAdministrator"),
      ]),
    );
    expect(values.crds).toEqual({ enabled: false });
  });

  it("reads monitors and rules of every namespace, whatever their labels", () => {
    for (const kind of ["serviceMonitor", "podMonitor", "rule", "probe", "scrapeConfig"]) {
      expect(values.prometheus.prometheusSpec).toHaveProperty(`${kind}SelectorNilUsesHelmValues`, false);
    }
  });

  it("looks for nothing that nobody can reach, and for no host", () => {
    for (const part of ["kubeControllerManager", "kubeEtcd", "kubeProxy", "kubeScheduler", "nodeExporter"]) {
      expect(values[part]).toMatchObject({ enabled: false });
    }
  });

  it("gets the certificate of its webhook from cert-manager, and stops nobody when it is away", () => {
    expect(values.prometheusOperator).toMatchObject({ admissionWebhooks: { failurePolicy: "Ignore", certManager: { enabled: true } } });
  });

  it("runs no part as root, and none that is for tests", () => {
    expect(values.grafana).toMatchObject({ initChownData: { enabled: false }, testFramework: { enabled: false } });
    expect(stack.one("kubernetes_namespace_v1", "Crds").metadata).toMatchObject({
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    });
  });

  it("lets neither Grafana nor kube-state-metrics read the secrets of the cluster", () => {
    expect(values.grafana).toMatchObject({ rbac: { namespaced: true }, sidecar: { dashboards: { searchNamespace: "monitoring" } } });
    expect(values["kube-state-metrics"].collectors).not.toContain("secrets");
  });

  it("takes Grafana's administrator from the environment's store", () => {
    expect(values.grafana.admin).toEqual({ existingSecret: "grafana-admin", userKey: "admin-user", passwordKey: "admin-password" });
    expect(manifest(stack, "ExternalSecret", "grafana-admin")).toMatchObject({
      metadata: { namespace: "monitoring" },
      spec: {
        target: { name: "grafana-admin", template: { data: { "admin-user": "admin", "admin-password": "{{ .password }}" } } },
        data: [{ secretKey: "password", remoteRef: { key: "ml-platform-dev/grafana-admin", property: "password" } }],
      },
    });
    expect(JSON.stringify(values)).not.toMatch(/adminPassword|random_password/);
  });

  it("gives every container requests and a limit of memory", () => {
    const asking = { limits: { memory: expect.any(String) }, requests: { cpu: expect.any(String), memory: expect.any(String) } };
    expect(values).toMatchObject({
      alertmanager: { alertmanagerSpec: { resources: asking } },
      grafana: { resources: asking, sidecar: { resources: asking } },
      "kube-state-metrics": { resources: asking },
      prometheus: { prometheusSpec: { resources: asking } },
      prometheusOperator: { resources: asking, prometheusConfigReloader: { resources: asking } },
    });
  });

  it("gives Prometheus memory for as many series as are expected, and a namespace where that fits", () => {
    const metrics = { ...dev.observability.metrics, series: 1_000_000 };
    const crowded = stackOf({ ...dev, observability: { ...dev.observability, metrics } });
    const few = { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "2Gi" } };
    expect(values.prometheus.prometheusSpec).toMatchObject({ resources: few });
    expect(monitoringValues(crowded).prometheus.prometheusSpec).toMatchObject({
      resources: { requests: { cpu: "500m", memory: "2930Mi" }, limits: { memory: "5860Mi" } },
    });
    const memoryOf = (whole: SynthesizedStack) =>
      whole
        .all("kubernetes_resource_quota_v1")
        .map((quota) => Number(/"requests\.memory":"(\d+)Mi"/.exec(JSON.stringify(quota))?.[1]))
        .reduce((sum, mib) => sum + mib, 0);
    expect(memoryOf(crowded) - memoryOf(stack)).toBe(2 * (2930 - 1024));
  });

  it("keeps metrics and silences in volumes of the platform's class", () => {
    const claim = (storage: string) => ({
      volumeClaimTemplate: {
        spec: { storageClassName: "platform-default", accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
      },
    });
    expect(values.prometheus.prometheusSpec).toMatchObject({ storageSpec: claim("20Gi"), retention: "7d" });
    expect(values.alertmanager.alertmanagerSpec).toMatchObject({ storage: claim("1Gi") });
  });

  it("keeps metrics as long as the environment says, and stops short of a full volume", () => {
    const metrics = { ...dev.observability.metrics, retentionDays: 3, storageGib: 7, intervalSeconds: 15 };
    const { kubelet, prometheus } = monitoringValues(stackOf({ ...dev, observability: { ...dev.observability, metrics } }));
    expect(prometheus.prometheusSpec).toMatchObject({
      retention: "3d",
      retentionSize: "6092MB", // 85 % of 7 GiB
      storageSpec: { volumeClaimTemplate: { spec: { resources: { requests: { storage: "7Gi" } } } } },
      scrapeInterval: "15s",
      evaluationInterval: "15s",
    });
    expect(kubelet).toMatchObject({ serviceMonitor: { interval: "15s" } }); // the chart asks for containers every 10 seconds
  });

  it("has no alerts and dashboards but ours", () => {
    expect(values.defaultRules).toEqual({ create: false });
    expect(values.grafana).toMatchObject({ defaultDashboardsEnabled: false });
    expect(values.nodeExporter).toEqual({ enabled: false });
  });

  it("takes in what is written to it, with traces of single requests", () => {
    expect(values.prometheus.prometheusSpec).toMatchObject({
      enableRemoteWriteReceiver: true,
      enableOTLPReceiver: true,
      otlp: { translationStrategy: "UnderscoreEscapingWithSuffixes" },
      enableFeatures: ["exemplar-storage"],
    });
  });

  it.each([
    ["dev", dev, true],
    ["prod", prod, false], // there are two
  ] as const)(
    "says in %s which environment its series are of, and which replica saw them where there are several",
    (name, environment, clear) => {
      expect(monitoringValues(stackOf(environment)).prometheus.prometheusSpec).toMatchObject({
        externalLabels: { environment: name },
        prometheusExternalLabelNameClear: true,
        replicaExternalLabelNameClear: clear,
      });
    },
  );

  it("finds dashboards by their label, and puts them into the folder that they name", () => {
    expect(values.grafana).toMatchObject({
      sidecar: {
        dashboards: {
          label: "grafana_dashboard",
          labelValue: "1",
          folderAnnotation: "grafana_folder",
          provider: { foldersFromFilesStructure: true, allowUiUpdates: false },
        },
      },
    });
  });

  it("gives Grafana its data sources in a file, and no second way to get any", () => {
    const { "datasources.yaml": file } = values.grafana.datasources as { "datasources.yaml": { datasources: readonly object[] } };
    const afterTerraform = JSON.stringify(file.datasources).replaceAll("$${", "${"); // which takes the former for the latter
    expect(JSON.parse(afterTerraform)).toEqual(dataSources(dev));
    expect(values.grafana).toMatchObject({ sidecar: { datasources: { enabled: false } } });
  });

  it("says which workload a pod belongs to, and which group a node", () => {
    expect(values["kube-state-metrics"].metricLabelsAllowlist).toEqual([
      "pods=[app.kubernetes.io/name,app.kubernetes.io/part-of]",
      "nodes=[evenkeel/node-group,topology.kubernetes.io/zone]",
    ]);
    expect(values["kube-state-metrics"].collectors).toEqual(
      expect.arrayContaining(["cronjobs", "horizontalpodautoscalers", "jobs", "persistentvolumeclaims", "poddisruptionbudgets"]),
    );
  });

  it("takes values of Alertmanager over its own", () => {
    const { alertmanager } = monitoringValues(stackOf(dev, { alertmanager: { alertmanagerSpec: { retention: "240h" } } }));
    expect(alertmanager.alertmanagerSpec).toMatchObject({ retention: "240h", replicas: 1 });
  });

  it("writes nowhere else, as nobody asked for it", () => {
    expect(values.prometheus.prometheusSpec).not.toHaveProperty("remoteWrite");
    expect(values.prometheus.serviceAccount).toEqual({ annotations: {} });
  });

  it.each([
    ["local", local, 1, "Delete", "7d"],
    ["dev", dev, 1, "Delete", "7d"],
    ["prod", prod, 2, "Retain", "15d"],
  ] as const)("is in %s as big and as lasting as the environment", (_, environment, replicas, whenDeleted, retention) => {
    const { alertmanager, grafana, prometheus } = monitoringValues(stackOf(environment));
    const replicated = { replicas, persistentVolumeClaimRetentionPolicy: { whenDeleted } };
    expect(prometheus.prometheusSpec).toMatchObject({ ...replicated, retention });
    expect(alertmanager.alertmanagerSpec).toMatchObject(replicated);
    for (const part of [prometheus, alertmanager]) expect(part.podDisruptionBudget).toMatchObject({ enabled: replicas > 1 });
    const lasting = whenDeleted === "Retain";
    expect(grafana).toMatchObject({
      persistence: { enabled: lasting, storageClassName: "platform-default" },
      deploymentStrategy: { type: lasting ? "Recreate" : "RollingUpdate" },
    });
  });

  it("lets each part talk to what it asks, and to nothing else", () => {
    const paths = networkPaths(stackOf(local));
    const outside = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
    const apiServer = outside.map((block) => `to ${block} 6443 443`);
    const dns = "to kube-system/kube-dns 53/UDP 53";
    expect(paths["kube-prometheus-stack-prometheus"]).toEqual([
      "from monitoring/prometheus 9090 8080",
      "from monitoring/grafana 9090",
      ...apiServer,
      dns,
      ...outside.map((block) => `to ${block} 10250 9100`), // kubelets and node exporters
      "to kube-system/kube-dns 9153",
      "to monitoring/prometheus 9090 8080",
      "to monitoring/alertmanager 9093 8080",
      "to monitoring/grafana 3000",
      "to monitoring/kube-state-metrics 8080",
      "to monitoring/kube-prometheus-stack-prometheus-operator 10250",
    ]);
    expect(paths["kube-prometheus-stack-alertmanager"]).toEqual([
      "from monitoring/prometheus 9093 8080",
      "from monitoring/grafana 9093",
      "from monitoring/alertmanager 9094 9094/UDP",
      dns,
      "to monitoring/alertmanager 9094 9094/UDP",
    ]);
    expect(paths["kube-prometheus-stack-grafana"]).toEqual([
      "from monitoring/prometheus 3000",
      ...apiServer,
      dns,
      "to monitoring/prometheus 9090",
      "to monitoring/alertmanager 9093",
    ]);
    expect(paths["kube-prometheus-stack-kube-state-metrics"]).toEqual(["from monitoring/prometheus 8080", ...apiServer, dns]);
    expect(paths["kube-prometheus-stack-kube-prometheus-stack-prometheus-operator"]).toEqual([
      ...outside.map((block) => `from ${block} 10250`),
      "from monitoring/prometheus 10250",
      ...apiServer,
      dns,
    ]);
  });

  it("leaves CoreDNS to everybody: no policy of ours selects its pods", () => {
    const namespaces = stack.all("kubernetes_network_policy_v1").map(({ metadata }) => (metadata as { namespace: string }).namespace);
    expect(namespaces).not.toContain("kube-system");
  });

  it("fails when the environment gives it a value that the chart does not know", () => {
    expect(() => stackOf({ ...dev, addonValues: { "kube-prometheus-stack": { grafana: { persistance: { enabled: true } } } } })).toThrow(
      /dev\.addonValues\.kube-prometheus-stack\.grafana: persistance is .* must be a value that kube-prometheus-stack has; .*persistence/,
    );
  });

  it("fails when the environment leaves its namespace too little", () => {
    const environment = { ...dev, quotas: { monitoring: { memoryMib: 1000 } } };
    expect(composedProblems(environment, (parts) => buildMonitoring(environment, parts))).toEqual([
      "dev.quotas.monitoring: memoryMib is 1000, must be at least 1856, which the platform itself asks for there; raise it, or leave it out",
    ]);
  });
});

function stackOf(environment: Environment, more: Pick<KubePrometheusStackProps, "alertmanager"> = {}): SynthesizedStack {
  return platformStackOf(environment, (parts) => buildMonitoring(environment, parts, more));
}

function buildMonitoring(
  environment: Environment,
  { stack, setting, cluster }: PlatformParts,
  more: Pick<KubePrometheusStackProps, "alertmanager"> = {},
): void {
  const catalog = catalogFor(environment);
  new KubePrometheusStack(stack, "Monitoring", {
    setting,
    crds: new PrometheusOperatorCrds(stack, "Crds", { setting }),
    certManager: new CertManager(stack, "CertManager", { setting }),
    secretStore: catalog.secretStore(stack, "SecretStore", { setting, cluster }),
    storageClass: catalog.storageClass(stack, "StorageClass", { setting }),
    ...more,
  });
}

function monitoringValues(stack: SynthesizedStack): Values {
  return valuesOf(release(stack, "kube-prometheus-stack")) as unknown as Values;
}
