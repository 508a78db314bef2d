import type { ChartValues } from "../addons/chart-values";
import type { Environment } from "../../environments/environment";
import { telemetry, urlOf } from "./telemetry";

/** What Grafana asks. Its file of data sources takes any more fields; these are the ones that we use. */
export interface DataSource {
  readonly name: string;
  readonly type: "prometheus" | "alertmanager" | "loki" | "tempo" | "grafana-pyroscope-datasource";
  /** What dashboards and other data sources name it by. */
  readonly uid: DataSourceUid;
  readonly url: string;
  readonly access: "proxy";
  readonly isDefault: boolean;
  readonly editable: false;
  readonly jsonData: ChartValues;
}

/** Names of the data sources; dashboards ask for nothing else. */
export type DataSourceUid = "prometheus" | "alertmanager" | "loki" | "tempo" | "pyroscope";

/** How far logs and metrics are looked for around a span: clocks differ, and lines are written later. */
const around = { spanStartTimeShift: "-5m", spanEndTimeShift: "5m" } as const;

/** Where a span is from. The collector says so, whatever the program calls itself; logs and metrics have labels of the same names. */
const ofWorkload = [{ key: "namespace" }, { key: "workload" }] as const;

/**
 * Everything that Grafana asks, with the ways from one to the other: from a point of a graph to a trace, from a trace to the
 * logs, metrics and profiles of its workload, and from a line of a log back to the trace. A dollar that is meant for Grafana
 * itself is doubled: it would take a single one for an environment variable.
 */
export function dataSources({ name, observability: { metrics, profiles } }: Environment): readonly DataSource[] {
  const sources: readonly DataSource[] = [
    // Dashboards choose between environments by it: their variable `environment` is a data source.
    source(name, "prometheus", "prometheus", urlOf(telemetry.prometheus), {
      httpMethod: "POST",
      prometheusType: "Prometheus",
      timeInterval: `${metrics.intervalSeconds}s`,
      exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: "tempo" }],
    }),
    source("Alertmanager", "alertmanager", "alertmanager", urlOf(telemetry.alertmanager), {
      implementation: "prometheus",
      handleGrafanaManagedAlerts: false,
    }),
    source("Loki", "loki", "loki", urlOf(telemetry.logs), { derivedFields: [...tracesOfLines] }),
    source("Tempo", "tempo", "tempo", urlOf(telemetry.traces), {
      ...linksOfSpans,
      ...(profiles === undefined ? {} : { tracesToProfiles }),
    }),
  ];
  return profiles === undefined
    ? sources
    : [...sources, source("Pyroscope", "pyroscope", "grafana-pyroscope-datasource", urlOf(telemetry.profiles), {})];
}

/** Where the trace of a line is: beside the line, as collectors put it there, or in the line itself. */
const tracesOfLines = [
  { name: "trace", matcherType: "label", matcherRegex: "trace_id", datasourceUid: "tempo", url: "$${__value.raw}" },
  {
    name: "trace in line",
    matcherType: "regex",
    matcherRegex: '"?trace_?[iI]d"?[=:]\\s*"?([0-9a-f]{32})',
    datasourceUid: "tempo",
    url: "$${__value.raw}",
  },
] as const;

const linksOfSpans = {
  tracesToLogsV2: {
    datasourceUid: "loki",
    ...around,
    tags: [...ofWorkload],
    customQuery: true,
    query: '{$${__tags}} | trace_id = "$${__trace.traceId}"',
  },
  tracesToMetrics: {
    datasourceUid: "prometheus",
    ...around,
    tags: [...ofWorkload],
    queries: [
      { name: "requests", query: "sum(workload:http_requests:rate5m{$$__tags})" },
      { name: "share of errors", query: "max(workload:http_errors:ratio_rate5m{$$__tags})" },
      { name: "time until an answer (p95)", query: "max(workload:http_latency_seconds:p95{$$__tags})" },
    ],
  },
  serviceMap: { datasourceUid: "prometheus" },
  nodeGraph: { enabled: true },
};

const tracesToProfiles = {
  datasourceUid: "pyroscope",
  tags: [{ key: "namespace" }, { key: "workload", value: "service_name" }],
  profileTypeId: "process_cpu:cpu:nanoseconds:cpu:nanoseconds",
};

function source(name: string, uid: DataSourceUid, type: DataSource["type"], url: string, jsonData: ChartValues): DataSource {
  return { name, type, uid, url, access: "proxy", isDefault: uid === "prometheus", editable: false, jsonData };
}
