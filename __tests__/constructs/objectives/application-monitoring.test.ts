import { RunningApplication } from "../../../constructs/workload/running-application";
import { environments } from "../../../environments/index";
import { appsStackOf, everyKindIn } from "../../apps-stack";
import { everyKind } from "../../every-kind";
import { networkPaths } from "../../network-paths";
import { manifest, manifestsOf, release } from "../../released";
import type { PrometheusRule } from "../../../constructs/monitoring/prometheus-rule";

const { local } = environments;
const { shop } = everyKind;

describe("ApplicationMonitoring", () => {
  const stack = everyKindIn(local);
  const rules = manifest(stack, "PrometheusRule", "shop-rules").spec as unknown as PrometheusRule["spec"];
  const alerts = rules.groups.flatMap((group) => group.rules.flatMap((rule) => ("alert" in rule ? [rule] : [])));

  it("is one release for the whole application, once the namespace and the way to its pods are there", () => {
    const watching = ["PodMonitor", "Probe", "PrometheusRule"];
    const inShop = manifestsOf(stack).filter(({ kind, metadata }) => watching.includes(kind) && metadata.namespace === "shop");
    expect(inShop.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "PodMonitor web",
      "Probe web-1000",
      "Probe web-1000-ready",
      "Probe web-900",
      "PrometheusRule shop-rules",
    ]);
    const waits = release(stack, "shop-monitoring").depends_on;
    expect(waits).toContain(stack.address("kubernetes_network_policy_v1", "shop_Monitoring_Paths_shop"));
    expect(waits).toContain(stack.address("kubernetes_resource_quota_v1", "shop_Namespace"));
    expect(waits).toContain(stack.address("kubernetes_deployment_v1", "shop_web_Pods")); // else it would wake somebody before the first start
  });

  it("has servers asked for metrics, by labels that recorded series have, and for no more than Prometheus can bear", () => {
    expect(manifest(stack, "PodMonitor", "web")).toEqual({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: { name: "web", namespace: "shop" },
      spec: {
        selector: { matchLabels: { app: "web", "evenkeel/role": "server" } },
        podMetricsEndpoints: [
          {
            port: "metrics",
            path: "/internal/metrics",
            relabelings: [
              { targetLabel: "workload", replacement: "web" },
              { targetLabel: "job", replacement: "shop/web" },
            ],
          },
        ],
        sampleLimit: 10_000,
      },
    });
  });

  it("lets Prometheus, and nobody else, to that port", () => {
    const paths = networkPaths(stack);
    expect(paths["shop-metrics-web-server"]).toEqual(["from monitoring/prometheus 9090"]);
    expect(paths["shop-metrics-prometheus"]).toEqual(["to shop/web/server 9090"]);
    expect(Object.keys(paths).filter((name) => name.startsWith("stock-metrics"))).toEqual([]);
  });

  it("says whose every alert is, and where its runbook is", () => {
    expect(new Set(alerts.map(({ labels }) => labels.owner))).toEqual(new Set(["some-team"]));
    const runbookOf = (name: string) => alerts.find(({ alert }) => alert === name)?.annotations.runbook_url;
    expect(runbookOf("WorkloadErrors")).toBe(`${local.observability.alerting.runbooks}/workload-errors.md`);
    expect(runbookOf("NothingSold")).toBe("https://docs.example.com/nothing-sold");
    expect(runbookOf("OrdersWait")).toBe(`${local.observability.alerting.runbooks}/workload-latency.md`);
    expect(alerts.find(({ alert }) => alert === "OrdersWait")).toMatchObject({
      expr: 'orders_waiting{namespace="shop"} > 100',
      for: "10m",
      labels: { severity: "critical" },
    });
  });

  it("watches all workloads, routes and objectives that there are", () => {
    expect(rules.groups.map(({ name }) => name)).toEqual(["shop-workloads", "shop-routes", "shop-objectives", "shop-budgets", "shop-own"]);
    const groupsOf = manifest(stack, "PrometheusRule", "stock-rules").spec as unknown as PrometheusRule["spec"];
    expect(groupsOf.groups.map(({ name }) => name)).toEqual(["stock-workloads"]);
    const burning = alerts.filter(({ alert }) => alert === "ErrorBudgetBurnFast").map(({ labels }) => labels.objective);
    expect(burning).toEqual(["availability-requests", "availability-probes", "latency-1000ms"]);
  });
});

describe("an application where nobody watches", () => {
  it("has no monitors, no rules, and no way to its metrics", () => {
    const unwatched = appsStackOf({ ...local, monitoring: false }, Object.values(everyKind), ({ stack, setting }) => {
      new RunningApplication(stack, "shop", { setting, application: shop });
    });
    const kinds = manifestsOf(unwatched).map(({ kind }) => kind);
    expect(kinds).not.toContain("PodMonitor");
    expect(kinds).not.toContain("Probe");
    expect(kinds).not.toContain("PrometheusRule");
    expect(Object.keys(networkPaths(unwatched)).filter((name) => name.includes("metrics"))).toEqual([]);
  });
});
