import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serves, type Application } from "../../applications/application";
import { manifestsOf } from "../released";
import type { SynthesizedStack } from "../synthesized";

/** What of an environment shows that it runs an exporter: a release of a chart, an image that pods are made of, or an object of an operator. */
type Shown = { readonly chart: string } | { readonly image: string } | { readonly kind: string };

/** Kubernetes itself, and what comes with Prometheus: the stack asks all of it. */
const ofTheStack: Shown = { chart: "kube-prometheus-stack" };

/** How each list of `exposed/` shows itself. */
const exporters: Readonly<Record<string, Shown>> = {
  alertmanager: ofTheStack,
  alloy: { chart: "alloy" },
  apiserver: ofTheStack,
  "aws-load-balancer-controller": { chart: "aws-load-balancer-controller" },
  "blackbox-exporter": { chart: "prometheus-blackbox-exporter" },
  cadvisor: ofTheStack,
  "cert-manager": { chart: "cert-manager" },
  "cloudnative-pg": { chart: "cloudnative-pg" },
  cnpg: { kind: "postgresql.cnpg.io/v1 Cluster" },
  "config-reloader": ofTheStack,
  coredns: ofTheStack,
  envoy: { chart: "gateway-helm" },
  "external-dns": { chart: "external-dns" },
  "external-secrets": { chart: "external-secrets" },
  grafana: ofTheStack,
  karpenter: { chart: "karpenter" },
  keda: { chart: "keda" },
  "kube-state-metrics": ofTheStack,
  kubelet: ofTheStack,
  kyverno: { chart: "kyverno" },
  loki: { chart: "loki" },
  "metrics-server": { chart: "metrics-server" },
  minio: { image: "/pgsty/silo:" },
  "nginx-gateway": { chart: "nginx-gateway-fabric" },
  "node-exporter": { chart: "prometheus-node-exporter" },
  "otel-collector": { chart: "opentelemetry-collector" },
  postgres_exporter: { image: "/postgres-exporter:" },
  prometheus: ofTheStack,
  "prometheus-operator": ofTheStack,
  pyroscope: { image: "/grafana/pyroscope:" },
  redis_exporter: { image: "/redis_exporter:" },
  scrapes: ofTheStack,
  "sealed-secrets": { chart: "sealed-secrets" },
  tempo: { chart: "tempo" },
  "vertical-pod-autoscaler": { chart: "vertical-pod-autoscaler" },
  yace: { image: "/yet-another-cloudwatch-exporter:" },
};

const folder = join(__dirname, "exposed");

/** Names of the committed lists. */
export function exposedLists(): readonly string[] {
  return readdirSync(folder).map((file) => file.replace(/\.txt$/, ""));
}

/** Names of the lists for which it is known what shows that they count. */
export const knownExporters: readonly string[] = Object.keys(exporters);

/** Lines of a list: a comment with source and version, then names. */
export function linesOf(list: string): { readonly comment: readonly string[]; readonly metrics: readonly string[] } {
  const lines = readFileSync(join(folder, `${list}.txt`), "utf8")
    .trimEnd()
    .split("\n");
  return { comment: lines.filter((line) => line.startsWith("#")), metrics: lines.filter((line) => !line.startsWith("#")) };
}

/** Exporters that stacks of an environment run. */
export function runningExporters(stacks: readonly SynthesizedStack[]): readonly string[] {
  const charts = stacks.flatMap((stack) => stack.all("helm_release").map(({ chart }) => String(chart)));
  const kinds = stacks.flatMap((stack) => manifestsOf(stack).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
  const text = stacks.map(({ json }) => JSON.stringify(json.resource ?? {})).join("\n");
  return Object.entries(exporters)
    .filter(([, shown]) => {
      if ("chart" in shown) return charts.includes(shown.chart);
      return "kind" in shown ? kinds.includes(shown.kind) : text.includes(shown.image);
    })
    .map(([list]) => list);
}

/** What workloads declare that they tell, as long as one of them does. */
export function declaredMetrics(applications: readonly Application[]): readonly string[] {
  const told = applications.flatMap(({ workloads }) => Object.values(workloads)).filter(serves);
  const requests = ["bucket", "count", "sum"].map((suffix) => `http_server_request_duration_seconds_${suffix}`);
  return [...told.flatMap(({ measures = {}, metrics }) => (metrics ? [...requests, ...Object.keys(measures)] : []))];
}

/** What is asked for, and where. */
export interface Named {
  readonly metric: string;
  /** Rule or panel. */
  readonly where: string;
}

/** What is asked for and not there, each with everywhere that asks. */
export function missingOf(named: readonly Named[], there: readonly string[]): readonly string[] {
  const known = new Set(there);
  const metrics = [...new Set(named.map(({ metric }) => metric))].filter((metric) => !known.has(metric)).sort();
  return metrics.map((metric) => {
    const asking = named.filter((candidate) => candidate.metric === metric).map(({ where }) => where);
    return `${metric} (${[...new Set(asking)].join("; ")})`;
  });
}
