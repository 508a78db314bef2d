import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { manifest, release, valuesOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";
import { tracesOf } from "./traces-stack";

const { local, prod } = environments;

const inProd = tracesOf(prod);
const onLaptop = tracesOf(local);
const valuesIn = (stack: SynthesizedStack, name: string) => valuesOf(release(stack, name));

/** What every container has to say under the Pod Security Standard `restricted`, beside what the pod says. */
const restricted = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } };

describe("Tempo", () => {
  const values = valuesIn(inProd, "tempo");

  it("keeps traces in the bucket for as long as the environment says", () => {
    expect(values.tempo).toMatchObject({
      retention: `${prod.observability.traces.retentionDays * 24}h`,
      storage: {
        trace: {
          backend: "s3",
          s3: {
            bucket: "ml-platform-prod-telemetry-traces-000000000003",
            endpoint: "s3.eu-central-1.amazonaws.com",
            region: "eu-central-1",
            insecure: false,
          },
        },
      },
    });
    expect(valuesIn(onLaptop, "tempo").tempo).toMatchObject({
      storage: { trace: { s3: { bucket: "ml-platform-local-telemetry-traces", endpoint: "minio.state-store.svc:9000", insecure: true } } },
    });
  });

  it("signs in by its service account in the cloud, and with a user of MinIO's on the laptop", () => {
    expect(values).toMatchObject({ serviceAccount: { name: "tempo", automountServiceAccountToken: false }, tempo: { extraEnvFrom: [] } });
    const accounts = inProd.all("aws_eks_pod_identity_association").map(({ namespace, service_account: account }) => [namespace, account]);
    expect(accounts).toContainEqual(["monitoring", "tempo"]);
    const [user] = onLaptop.all("kubernetes_secret_v1").filter(({ metadata }) => metadata && JSON.stringify(metadata).includes("tempo"));
    const { name } = user?.metadata as { readonly name: string };
    expect(valuesIn(onLaptop, "tempo").tempo).toMatchObject({ extraEnvFrom: [{ secretRef: { name } }] });
  });

  it("takes OTLP over gRPC and nothing else, but for what the chart cannot do without, where nobody reaches it", () => {
    const loopback = { grpc: { endpoint: "127.0.0.1:14250" }, thrift_binary: null, thrift_compact: null, thrift_http: null };
    expect(values.tempo).toMatchObject({
      receivers: { jaeger: { protocols: loopback }, otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" }, http: null } } },
    });
  });

  it("draws who calls whom, on its volume, and no metrics of spans, which sampling would falsify", () => {
    expect(values.tempo).toMatchObject({
      overrides: { defaults: { metrics_generator: { processors: ["service-graphs"] } } },
      metricsGenerator: {
        enabled: true,
        storage: {
          path: "/var/tempo/generator",
          remote_write: [0, 1].map((replica) => ({
            url: `http://prometheus-kube-prometheus-stack-prometheus-${replica}.prometheus-operated.monitoring:9090/api/v1/write`,
          })),
        },
        traces_storage: { path: "/var/tempo/generator-traces" },
      },
    });
  });

  it("stays within its memory: no ballast, and a heap of four fifths", () => {
    expect(values.tempo).toMatchObject({
      memBallastSizeMbs: 0,
      resources: { limits: { memory: "512Mi" } },
      extraEnv: expect.arrayContaining([{ name: "GOMEMLIMIT", value: "409MiB" }]),
    });
  });

  it("passes the Pod Security Standard restricted, which the chart does not", () => {
    expect(values).toMatchObject({
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      tempo: { securityContext: restricted },
    });
  });

  it("leaves a volume behind only where data is kept", () => {
    expect(values.persistence).toMatchObject({ enabled: true, enableStatefulSetAutoDeletePVC: false });
    expect(valuesIn(onLaptop, "tempo").persistence).toMatchObject({ enabled: true, enableStatefulSetAutoDeletePVC: true });
  });
});

describe("OpenTelemetryCollector", () => {
  const values = valuesIn(inProd, "opentelemetry-collector");

  it("is found as otel-collector, once, whatever the environment: all spans of a trace come to one place", () => {
    const one = { mode: "deployment", replicaCount: 1, nameOverride: "otel-collector", fullnameOverride: "otel-collector" };
    expect(values).toMatchObject(one);
    expect(valuesIn(onLaptop, "opentelemetry-collector")).toMatchObject(one);
  });

  it("runs the distribution for Kubernetes with our configuration alone", () => {
    expect(values).toMatchObject({
      image: { repository: "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s" },
      command: { name: "otelcol-k8s" },
      alternateConfig: { service: { pipelines: { traces: expect.anything(), metrics: expect.anything() } } },
    });
    expect(values.config).toBeUndefined();
  });

  it("leaves references to its own environment for the collector, not for Terraform", () => {
    const [document = ""] = release(inProd, "opentelemetry-collector").values as readonly string[];
    expect(document).toContain("endpoint: $${env:MY_POD_IP}:4317");
    expect(document).not.toMatch(/[^$]\$\{/);
  });

  it("may look at pods and at nothing else", () => {
    expect(values.clusterRole).toEqual({
      create: true,
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }],
    });
  });

  it("opens no port that it does not listen on, and the one of its metrics", () => {
    const off = { enabled: false };
    expect(values.ports).toMatchObject({
      ...{ "jaeger-compact": off, "jaeger-grpc": off, "jaeger-thrift": off, zipkin: off },
      metrics: { enabled: true, containerPort: 8888 },
    });
  });

  it("passes the Pod Security Standard restricted, which the chart does not", () => {
    expect(values).toMatchObject({
      podSecurityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
      securityContext: restricted,
    });
  });
});

describe("OpenTelemetryOperator", () => {
  const values = valuesIn(inProd, "opentelemetry-operator");

  it("stops no pod while it is away, and never asks about Kubernetes' own", () => {
    expect(values.admissionWebhooks).toMatchObject({
      pods: { failurePolicy: "Ignore" },
      timeoutSeconds: 5,
      namespaceSelector: {
        matchExpressions: [
          { key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["kube-node-lease", "kube-public", "kube-system"] },
        ],
      },
    });
  });

  it("has its certificate from cert-manager, after which it comes", () => {
    expect(values.admissionWebhooks).toMatchObject({ certManager: { enabled: true }, autoGenerateCert: { enabled: false } });
    expect(release(inProd, "opentelemetry-operator").depends_on).toContainEqual(expect.stringMatching(/^helm_release\..*CertManager/));
  });

  it("gives nobody rights", () => {
    expect(values.manager).toMatchObject({ createRbacPermissions: false });
  });

  it("loses a node unnoticed in production, and is one on a laptop", () => {
    expect(values).toMatchObject({ replicaCount: 2, pdb: { create: true } });
    expect(valuesIn(onLaptop, "opentelemetry-operator")).toMatchObject({ replicaCount: 1, pdb: { create: false } });
  });

  it("is there before what it judges", () => {
    expect(manifest(inProd, "Instrumentation").metadata).toEqual({ name: "evenkeel", namespace: "monitoring" });
    expect(release(inProd, "instrumentation").depends_on).toContainEqual(expect.stringMatching(/^helm_release\..*Operator/));
  });
});

describe("Traces", () => {
  it("lets spans go from the collector to Tempo, and everything else nowhere", () => {
    const paths = networkPaths(inProd);
    const apiServer = ["10.30.160.0/22", "10.30.164.0/22", "10.30.168.0/22", "172.20.0.1/32"];
    const dns = "to kube-system/kube-dns 53/UDP 53";
    expect(paths["opentelemetry-collector-otel-collector"]).toEqual([
      ...apiServer.map((block) => `to ${block} 443`),
      dns,
      "to monitoring/tempo 4317",
      "to monitoring/prometheus 9090",
    ]);
    expect(paths["tempo-tempo"]).toEqual([
      "from monitoring/grafana 3200",
      "to 169.254.170.23/32 80",
      ...apiServer.slice(0, 3).map((block) => `to ${block} 443`),
      dns,
      "to monitoring/prometheus 9090",
    ]);
    expect(paths["opentelemetry-collector-tempo"]).toEqual(["from monitoring/otel-collector 4317"]);
    expect(paths["opentelemetry-operator-opentelemetry-operator"]).toEqual([
      ...apiServer.map((block) => `from ${block} 9443`),
      ...apiServer.map((block) => `to ${block} 443`),
      dns,
    ]);
  });

  it("asks a laptop for no more than two tenths of a core and a quarter of a gibibyte", () => {
    const quota = (namespace: string) =>
      onLaptop.all("kubernetes_resource_quota_v1").find(({ metadata }) => JSON.stringify(metadata).includes(namespace))?.spec;
    // Doubled, and with room for five jobs: 2 x (25m + 25m) + 50m, and 2 x (96 + 96) + 160 MiB.
    expect(quota("Monitoring")).toMatchObject({ hard: { "requests.cpu": "150m", "requests.memory": "544Mi" } });
    expect(quota("Operator")).toMatchObject({ hard: { "requests.cpu": "70m", "requests.memory": "224Mi" } });
  });
});
