import type { ChartValues } from "../../../constructs/addons/chart-values";
import { collectorConfiguration } from "../../../constructs/traces/collector-configuration";
import { environments } from "../../../environments/index";
import type { Environment } from "../../../environments/environment";

interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}

interface Configuration {
  readonly extensions: ChartValues;
  readonly receivers: ChartValues;
  readonly processors: Readonly<Record<string, ChartValues>>;
  readonly exporters: ChartValues;
  readonly service: { readonly extensions: readonly string[]; readonly pipelines: Readonly<Record<string, Pipeline>> };
}

const { local, prod } = environments;
const of = (environment: Environment, replicas = 2) => collectorConfiguration(environment, replicas) as unknown as Configuration;
const configuration = of(prod);
const { exporters, processors, receivers, service } = configuration;
const { metrics, traces } = service.pipelines;

/** What the distribution `otelcol-k8s` 0.158 has of what could be used here (opentelemetry-collector-releases, manifest.yaml). */
const distribution = {
  extensions: ["health_check"],
  receivers: ["otlp"],
  processors: ["batch", "k8s_attributes", "memory_limiter", "resource", "tail_sampling", "transform"],
  exporters: ["debug", "file", "load_balancing", "nop", "otel_arrow", "otlp_grpc", "otlp_http"],
};

describe("collectorConfiguration", () => {
  it("uses what its distribution has", () => {
    for (const part of ["extensions", "receivers", "processors", "exporters"] as const) {
      const types = Object.keys(configuration[part]).map((name) => name.split("/")[0]);
      expect([part, types.filter((type) => !distribution[part].includes(type ?? ""))]).toEqual([part, []]);
    }
  });

  it("has nothing that no pipeline uses, and uses nothing that it does not have", () => {
    const pipelines = Object.values(service.pipelines);
    const used = (part: keyof Pipeline) => [...new Set(pipelines.flatMap((pipeline) => pipeline[part]))].sort();
    expect(used("receivers")).toEqual(Object.keys(receivers).sort());
    expect(used("processors")).toEqual(Object.keys(processors).sort());
    expect(used("exporters")).toEqual(Object.keys(exporters).sort());
    expect(service.extensions).toEqual(Object.keys(configuration.extensions));
  });

  it("takes traces and metrics, and leaves logs to whoever collects them", () => {
    expect(Object.keys(service.pipelines)).toEqual(["traces", "metrics"]);
    expect(traces).toMatchObject({ receivers: ["otlp"], exporters: ["otlp_grpc/traces"] });
    expect(metrics).toMatchObject({ receivers: ["otlp"], exporters: ["otlp_http/metrics-0", "otlp_http/metrics-1"] });
    expect(exporters).toEqual({
      "otlp_grpc/traces": { endpoint: "tempo.monitoring:4317", tls: { insecure: true } },
      ...Object.fromEntries(
        [0, 1].map((replica) => {
          const host = `prometheus-kube-prometheus-stack-prometheus-${replica}.prometheus-operated.monitoring`;
          return [`otlp_http/metrics-${replica}`, { endpoint: `http://${host}:9090/api/v1/otlp` }];
        }),
      ),
    });
  });

  it("hands metrics to every Prometheus: a service in front of them would give each a part", () => {
    expect(of(local, 1).service.pipelines.metrics?.exporters).toEqual(["otlp_http/metrics-0"]);
  });

  it("refuses before it has done any work, and asks who it was while it still knows the connection", () => {
    const first = ["memory_limiter", "resource/claims", "k8s_attributes", "resource/place"];
    expect(traces?.processors).toEqual([...first, "tail_sampling", "batch"]);
    expect(metrics?.processors).toEqual([...first, "transform/labels", "batch"]);
  });

  it("believes nobody who they are: the address says it", () => {
    expect(processors["resource/claims"]).toEqual({
      attributes: ["k8s.namespace.name", "k8s.pod.name", "namespace", "workload", "pod"].map((key) => ({ key, action: "delete" })),
    });
    expect(processors.k8s_attributes).toMatchObject({
      pod_association: [{ sources: [{ from: "connection" }] }],
      extract: { labels: [{ tag_name: "workload", key: "app.kubernetes.io/name", from: "pod" }] },
    });
    expect(processors["resource/place"]).toEqual({
      attributes: [
        { key: "deployment.environment.name", value: "prod", action: "upsert" },
        { key: "namespace", from_attribute: "k8s.namespace.name", action: "upsert" },
        { key: "pod", from_attribute: "k8s.pod.name", action: "upsert" },
      ],
    });
  });

  it("gives series the labels that series of Prometheus' own targets have", () => {
    expect(processors["transform/labels"]).toMatchObject({
      metric_statements: [
        'set(datapoint.attributes["namespace"], resource.attributes["namespace"])',
        'set(datapoint.attributes["workload"], resource.attributes["workload"])',
        'set(datapoint.attributes["pod"], resource.attributes["pod"])',
      ],
    });
  });

  it.each(Object.values(environments))("keeps errors, slow traces, and the share that $name says", (environment) => {
    expect(of(environment).processors.tail_sampling).toMatchObject({
      decision_wait: "10s",
      policies: [
        { type: "status_code", status_code: { status_codes: ["ERROR"] } },
        { type: "latency", latency: { threshold_ms: 1000 } },
        { type: "probabilistic", probabilistic: { sampling_percentage: environment.observability.traces.samplePercent } },
      ],
    });
  });

  it("is the same in every environment but for its name and the share", () => {
    const same = { ...prod, name: local.name, observability: { ...prod.observability, traces: local.observability.traces } };
    expect(of(same)).toEqual(of(local));
    expect(of(prod)).not.toEqual(of(local));
  });
});
