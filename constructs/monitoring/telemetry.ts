import type { Pods } from "../connections/path";

/** Something of the platform's observability, and where it is. */
interface TelemetryService {
  readonly pods: Required<Pods>;
  /** Its service, as other pods reach it. */
  readonly host: string;
  readonly port: number;
}

/** Where what watches the platform runs. */
export const monitoringNamespace = "monitoring";

/** Services of the platform's observability, where the environment has monitoring. What talks to them needs a path. */
export const telemetry = {
  prometheus: service("prometheus", "kube-prometheus-stack-prometheus", 9090),
  alertmanager: service("alertmanager", "kube-prometheus-stack-alertmanager", 9093),
  grafana: service("grafana", "kube-prometheus-stack-grafana", 3000),
  /** Asks routes from outside of their pods. */
  prober: service("prometheus-blackbox-exporter", "prometheus-blackbox-exporter", 9115),
  logs: service("loki", "loki", 3100),
  traces: service("tempo", "tempo", 3200),
  /** Takes traces in by OTLP over gRPC; over HTTP at 4318. */
  collector: service("otel-collector", "otel-collector", 4317),
  profiles: service("pyroscope", "pyroscope", 4040),
} as const satisfies Readonly<Record<string, TelemetryService>>;

/** URL of a service. */
export function urlOf({ host, port }: TelemetryService): string {
  return `http://${host}:${port}`;
}

function service(name: string, serviceName: string, port: number): TelemetryService {
  return {
    pods: { namespace: monitoringNamespace, labels: { "app.kubernetes.io/name": name } },
    host: `${serviceName}.${monitoringNamespace}`,
    port,
  };
}
