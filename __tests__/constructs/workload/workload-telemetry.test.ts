import type { WorkloadIntent } from "../../../applications/application";
import { workloadTelemetry } from "../../../constructs/workload/workload-telemetry";
import { environments } from "../../../environments/index";

const { prod } = environments;
const place = { application: "search", workload: "reader" };
const intent: WorkloadIntent = {
  kind: "deployment",
  image: { repository: "search/reader", version: "1.2.0" },
  placement: "general",
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  ports: [{ name: "http", port: 8080 }],
};
const nothing = { variables: {}, annotations: {}, paths: [] };

describe("workloadTelemetry", () => {
  it("says nothing where nothing is declared", () => {
    expect(workloadTelemetry(prod, place, intent)).toEqual(nothing);
  });

  it("says nothing where nobody watches", () => {
    expect(workloadTelemetry({ ...prod, monitoring: false }, place, { ...intent, instrumentation: "java" })).toEqual(nothing);
  });

  it("has every SDK send everything to the collector, in the one protocol that all of them have", () => {
    const { variables, paths } = workloadTelemetry(prod, place, { ...intent, instrumentation: "sdk" });
    expect(variables).toEqual({
      OTEL_SERVICE_NAME: "reader",
      OTEL_RESOURCE_ATTRIBUTES: "service.namespace=search,deployment.environment.name=prod",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel-collector.monitoring:4318",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      OTEL_PROPAGATORS: "tracecontext,baggage",
      OTEL_TRACES_SAMPLER: "parentbased_always_on",
      OTEL_TRACES_EXPORTER: "otlp",
      OTEL_METRICS_EXPORTER: "otlp",
      OTEL_LOGS_EXPORTER: "none",
      OTEL_SEMCONV_STABILITY_OPT_IN: "http",
    });
    expect(paths).toEqual([
      {
        from: { namespace: "search", labels: { app: "reader" } },
        to: { namespace: "monitoring", labels: { "app.kubernetes.io/name": "otel-collector" } },
        ports: [{ port: 4317 }, { port: 4318 }],
      },
    ]);
  });

  it("leaves metrics to Prometheus where it asks for them itself: both would count every request twice", () => {
    const { variables } = workloadTelemetry(prod, place, { ...intent, instrumentation: "sdk", metrics: { port: "http" } });
    expect(variables).toMatchObject({ OTEL_METRICS_EXPORTER: "none", OTEL_TRACES_EXPORTER: "otlp" });
  });

  it.each(["java", "nodejs", "python", "dotnet"] as const)("asks for an agent for %s", (instrumentation) => {
    const { annotations } = workloadTelemetry(prod, place, { ...intent, instrumentation });
    expect(annotations).toEqual({ [`instrumentation.opentelemetry.io/inject-${instrumentation}`]: "monitoring/evenkeel" });
  });

  it("asks for none where the workload brings an SDK", () => {
    expect(workloadTelemetry(prod, place, { ...intent, instrumentation: "sdk" }).annotations).toEqual({});
  });

  it("lets profiles be fetched where the environment keeps some", () => {
    const declared = { ...intent, profiles: { port: "http" } };
    expect(workloadTelemetry(prod, place, declared)).toEqual(nothing);
    const keeping = { ...prod, observability: { ...prod.observability, profiles: { retentionDays: 3 } } };
    expect(workloadTelemetry(keeping, place, declared)).toEqual({
      variables: {},
      annotations: { "evenkeel/profiles": "8080" },
      paths: [
        {
          from: { namespace: "monitoring", labels: { "app.kubernetes.io/name": "profile-collector" } },
          to: { namespace: "search", labels: { app: "reader", "evenkeel/role": "server" } },
          ports: [{ port: 8080 }],
        },
      ],
    });
    expect(workloadTelemetry({ ...keeping, monitoring: false }, place, declared)).toEqual(nothing);
  });
});
