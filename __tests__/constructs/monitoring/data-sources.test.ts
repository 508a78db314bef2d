import { dataSources, type DataSource } from "../../../constructs/monitoring/data-sources";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";

const { local } = environments;
const profiled: Environment = { ...local, observability: { ...local.observability, profiles: { retentionDays: 3 } } };

/** What Grafana's documentation has in `jsonData`, by type: "Provision the ... data source" of each of them, version 13. */
const documented: Readonly<Record<DataSource["type"], readonly string[]>> = {
  prometheus: [
    "alertmanagerUid",
    "customQueryParameters",
    "exemplarTraceIdDestinations",
    "httpMethod",
    "incrementalQuerying",
    "manageAlerts",
    "prometheusType",
    "prometheusVersion",
    "queryTimeout",
    "timeInterval",
  ],
  alertmanager: ["handleGrafanaManagedAlerts", "implementation"],
  loki: ["alertmanagerUid", "derivedFields", "manageAlerts", "maxLines", "timeout"],
  tempo: [
    "nodeGraph",
    "search",
    "serviceMap",
    "spanBar",
    "streamingEnabled",
    "traceQuery",
    "tracesToLogsV2",
    "tracesToMetrics",
    "tracesToProfiles",
  ],
  "grafana-pyroscope-datasource": ["minStep"],
};

/** The same for what leads from one data source to another. */
const documentedLinks = {
  derivedFields: ["datasourceUid", "matcherRegex", "matcherType", "name", "targetBlank", "url", "urlDisplayLabel"],
  exemplarTraceIdDestinations: ["datasourceUid", "name", "url", "urlDisplayLabel"],
  nodeGraph: ["enabled"],
  serviceMap: ["datasourceUid"],
  tracesToLogsV2: [
    "customQuery",
    "datasourceUid",
    "filterBySpanID",
    "filterByTraceID",
    "query",
    "spanEndTimeShift",
    "spanStartTimeShift",
    "tags",
  ],
  tracesToMetrics: ["datasourceUid", "queries", "spanEndTimeShift", "spanStartTimeShift", "tags"],
  tracesToProfiles: ["customQuery", "datasourceUid", "profileTypeId", "query", "tags"],
} as const;

describe("data sources", () => {
  const sources = dataSources(profiled);
  const texts = JSON.stringify(sources);

  it("are known by names that dashboards can rely on, at the services of the platform", () => {
    expect(sources.map(({ uid, type, url }) => [uid, type, url])).toEqual([
      ["prometheus", "prometheus", "http://kube-prometheus-stack-prometheus.monitoring:9090"],
      ["alertmanager", "alertmanager", "http://kube-prometheus-stack-alertmanager.monitoring:9093"],
      ["loki", "loki", "http://loki.monitoring:3100"],
      ["tempo", "tempo", "http://tempo.monitoring:3200"],
      ["pyroscope", "grafana-pyroscope-datasource", "http://pyroscope.monitoring:4040"],
    ]);
    expect(sources.filter(({ isDefault }) => isDefault).map(({ uid }) => uid)).toEqual(["prometheus"]);
  });

  it("say nothing that Grafana does not document: it would take it without a word", () => {
    for (const { type, jsonData } of sources) {
      expect(documented[type]).toEqual(expect.arrayContaining(Object.keys(jsonData)));
      for (const [link, fields] of Object.entries(documentedLinks)) {
        const ends = [jsonData[link] ?? []].flat() as readonly object[];
        for (const end of ends) expect(fields).toEqual(expect.arrayContaining(Object.keys(end)));
      }
    }
  });

  it("lead only to one another", () => {
    const targets = [...texts.matchAll(/"datasourceUid":"([^"]*)"/g)].map(([, uid]) => uid);
    expect(new Set(targets)).toEqual(new Set(["tempo", "loki", "prometheus", "pyroscope"]));
  });

  it("lead from a point of a graph to a trace, and from a trace to logs, metrics and profiles", () => {
    expect(jsonOf("prometheus")).toMatchObject({ exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: "tempo" }] });
    expect(jsonOf("tempo")).toMatchObject({
      tracesToLogsV2: { datasourceUid: "loki" },
      tracesToMetrics: { datasourceUid: "prometheus" },
      tracesToProfiles: { datasourceUid: "pyroscope" },
    });
  });

  it("look for the workload of a trace by the labels that logs, metrics and profiles have", () => {
    const ofWorkload = { tags: [{ key: "namespace" }, { key: "workload" }] };
    expect(jsonOf("tempo")).toMatchObject({
      tracesToLogsV2: ofWorkload,
      tracesToMetrics: ofWorkload,
      tracesToProfiles: { tags: [{ key: "namespace" }, { key: "workload", value: "service_name" }] },
    });
  });

  it("find the trace of a line beside it, and in it whatever wrote it", () => {
    const [beside, within] = jsonOf("loki").derivedFields as readonly { matcherType: string; matcherRegex: string }[];
    expect(beside).toMatchObject({ matcherType: "label", matcherRegex: "trace_id", datasourceUid: "tempo" });
    const traceOf = (line: string) => new RegExp(within?.matcherRegex ?? "").exec(line)?.[1];
    const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    for (const line of [`{"level":"info","trace_id":"${trace}"}`, `{"traceId": "${trace}"}`, `level=info trace_id=${trace} took=3ms`]) {
      expect(traceOf(line)).toBe(trace);
    }
    expect(traceOf("the trace idles")).toBeUndefined();
  });

  it("double the dollars that are for Grafana itself: it takes a single one for an environment variable", () => {
    expect(texts).not.toMatch(/(?<!\$)\$(?!\$)/);
    expect(texts).toContain("$${__value.raw}");
  });

  it("ask Prometheus for no finer steps than it has", () => {
    const metrics = { ...local.observability.metrics, intervalSeconds: 60 };
    const [prometheus] = dataSources({ ...local, observability: { ...local.observability, metrics } });
    expect(prometheus?.jsonData).toMatchObject({ timeInterval: "60s" });
  });

  it("leave profiles out where there are none", () => {
    expect(JSON.stringify(dataSources(local))).not.toMatch(/pyroscope/i);
  });

  function jsonOf(uid: DataSource["uid"]): DataSource["jsonData"] {
    return sources.find((source) => source.uid === uid)?.jsonData ?? {};
  }
});
