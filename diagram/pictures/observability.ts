import { AlertReceivers } from "../../constructs/alerting/alert-receivers";
import { Dashboards } from "../../constructs/dashboards/dashboards";
import { Loki } from "../../constructs/logs/loki";
import { KubePrometheusStack } from "../../constructs/monitoring/kube-prometheus-stack";
import { BlackboxExporter } from "../../constructs/probes/blackbox-exporter";
import { Pyroscope } from "../../constructs/profiles/pyroscope";
import { Tempo } from "../../constructs/traces/tempo";
import type { Environment } from "../../environments/environment";
import { counted, painter, platformFrame, type Painter } from "../painter";

/** Draws what watches the environment. Nearly everything is asked by it, or tells it something: these ways have no arrows. */
export const observabilityPainters: readonly Painter[] = [
  painter(KubePrometheusStack, platformFrame("metrics", "Metrics"), (_, { observability: { metrics } }) => [
    `Prometheus, every ${metrics.intervalSeconds} s`,
    keptFor(metrics.retentionDays),
  ]),
  painter(Loki, platformFrame("logs", "Logs"), (_, { observability: { logs } }) => [
    "Loki, collected by Alloy",
    keptFor(logs.retentionDays, ...Object.values(logs.streams).map(({ retentionDays }) => retentionDays)),
  ]),
  painter(Tempo, platformFrame("traces", "Traces"), (_, { observability: { traces } }) => [
    `Tempo, ${traces.samplePercent} % of requests`,
    keptFor(traces.retentionDays),
  ]),
  painter(Pyroscope, platformFrame("profiles", "Profiles"), (_, { observability: { profiles } }) => [
    "Pyroscope",
    ...(profiles ? [keptFor(profiles.retentionDays)] : []),
  ]),
  painter(BlackboxExporter, platformFrame("probes", "Probes"), () => ["every route, from outside of its pods"]),
  painter(Dashboards, platformFrame("dashboards", "Dashboards"), () => ["Grafana"]),
  painter(AlertReceivers, platformFrame("alerts", "Alerts"), (_, environment) => ["Alertmanager", toldBy(environment)]),
];

/** @param days of each kind of what is kept */
function keptFor(...days: readonly number[]): string {
  const [least, most] = [Math.min(...days), Math.max(...days)];
  return `kept for ${least === most ? "" : `${least} to `}${counted(most, "day")}`;
}

function toldBy({ observability: { alerting } }: Environment): string {
  const kinds = [...new Set(Object.values(alerting.receivers).map(({ kind }) => kind))];
  return kinds.length === 0 ? "nobody is told" : `by ${kinds.join(", ")}`;
}
