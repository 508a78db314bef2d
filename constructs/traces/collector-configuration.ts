import type { Environment } from "../../environments/environment";
import type { ChartValues } from "../addons/chart-values";
import { prometheusUrls } from "../monitoring/prometheus-replicas";
import { telemetry } from "../monitoring/telemetry";

/** Ports of the collector: OTLP over gRPC and over HTTP, what it says of itself, and whether it is well. */
export const collectorPorts = { grpc: telemetry.collector.port, http: 4318, metrics: 8888, health: 13133 } as const;

/** Port of Tempo that takes OTLP over gRPC. */
export const tempoReceiverPort = 4317;

/** Traces that last longer than this are kept, all of them, in milliseconds. */
export const slowMilliseconds = 1000;

/**
 * How long spans of a trace are waited for before it is decided whether it is kept, and how many traces may wait: 2,000 new ones a second.
 * At ten spans of a kilobyte they fit into the memory of the smallest production.
 */
const decision = { seconds: 10, traces: 20_000 } as const;

/** What is known better here than by whoever sends: a pod must not pass for another one. */
const claims = ["k8s.namespace.name", "k8s.pod.name", "namespace", "workload", "pod"];

/**
 * What the collector does with what it gets by OTLP. Names of components are those of its version 0.158, which older documentation calls
 * `k8sattributes`, `otlp` and `otlphttp`. Logs are not taken: they are collected from the nodes.
 * @param prometheusReplicas how many times there is a Prometheus: each gets all metrics
 */
export function collectorConfiguration(environment: Environment, prometheusReplicas: number): ChartValues {
  const prometheus = metricsExporters(prometheusReplicas);
  const first = ["memory_limiter", "resource/claims", "k8s_attributes", "resource/place"];
  return {
    extensions: { health_check: { endpoint: at(collectorPorts.health) } },
    receivers: {
      otlp: { protocols: { grpc: { endpoint: at(collectorPorts.grpc) }, http: { endpoint: at(collectorPorts.http) } } },
    },
    processors: {
      memory_limiter: { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 25 },
      ...places(environment),
      "transform/labels": {
        error_mode: "ignore",
        // Labels of series: Prometheus would keep attributes of the resource in a series of its own.
        metric_statements: ["namespace", "workload", "pod"].map(
          (label) => `set(datapoint.attributes["${label}"], resource.attributes["${label}"])`,
        ),
      },
      tail_sampling: sampling(environment),
      batch: {},
    },
    exporters: {
      "otlp_grpc/traces": { endpoint: `${telemetry.traces.host}:${tempoReceiverPort}`, tls: { insecure: true } },
      ...prometheus,
    },
    service: {
      extensions: ["health_check"],
      telemetry: {
        logs: { encoding: "json" },
        metrics: { readers: [{ pull: { exporter: { prometheus: ownMetrics } } }] },
      },
      pipelines: {
        traces: { receivers: ["otlp"], processors: [...first, "tail_sampling", "batch"], exporters: ["otlp_grpc/traces"] },
        metrics: { receivers: ["otlp"], processors: [...first, "transform/labels", "batch"], exporters: Object.keys(prometheus) },
      },
    },
  };
}

/** The distribution has no exporter for remote write. Prometheus takes OTLP, and names series as its conventions want it. */
function metricsExporters(replicas: number): ChartValues {
  return Object.fromEntries(
    prometheusUrls(replicas).map((url, index) => [`otlp_http/metrics-${index}`, { endpoint: `${url}/api/v1/otlp` }]),
  );
}

/** Names as they are in the collector's documentation, without a suffix for type and unit. */
const ownMetrics = {
  host: "${env:MY_POD_IP}",
  port: collectorPorts.metrics,
  without_scope_info: true,
  without_type_suffix: true,
  without_units: true,
};

/** Who it was, by the address that the connection comes from. */
function places({ name }: Environment): ChartValues {
  return {
    "resource/claims": { attributes: claims.map((key) => ({ key, action: "delete" })) },
    k8s_attributes: {
      auth_type: "serviceAccount",
      extract: {
        metadata: ["k8s.namespace.name", "k8s.pod.name"],
        labels: [{ tag_name: "workload", key: "app.kubernetes.io/name", from: "pod" }],
      },
      pod_association: [{ sources: [{ from: "connection" }] }],
    },
    "resource/place": {
      attributes: [
        { key: "deployment.environment.name", value: name, action: "upsert" },
        { key: "namespace", from_attribute: "k8s.namespace.name", action: "upsert" },
        { key: "pod", from_attribute: "k8s.pod.name", action: "upsert" },
      ],
    },
  };
}

/** Every trace with an error, every slow one, and a share of the others. */
function sampling({ observability: { traces } }: Environment): ChartValues {
  return {
    decision_wait: `${decision.seconds}s`,
    num_traces: decision.traces,
    policies: [
      { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
      { name: "slow", type: "latency", latency: { threshold_ms: slowMilliseconds } },
      { name: "share", type: "probabilistic", probabilistic: { sampling_percentage: traces.samplePercent } },
    ],
  };
}

function at(port: number): string {
  return `\${env:MY_POD_IP}:${port}`;
}
