import { monitoringNamespace, telemetry } from "./telemetry";

/**
 * URL of every Prometheus by itself, for who sends to it: each keeps its own series, and the service in front of them would give one
 * what the other lacks. The operator names its pods after its object, and their service `prometheus-operated`.
 * @param replicas how many there are
 */
export function prometheusUrls(replicas: number): readonly string[] {
  const [object = ""] = telemetry.prometheus.host.split(".");
  return Array.from(
    { length: replicas },
    (_, index) => `http://prometheus-${object}-${index}.prometheus-operated.${monitoringNamespace}:${telemetry.prometheus.port}`,
  );
}
