import { seriesOf } from "../constructs/monitoring/signals";
import { above, below, noLimit, none, whole } from "./limits";
import type { Board } from "./panel";
import { failing, requestPanels } from "./request-panels";
import { inNamespaces } from "./selectors";
import { signalPanel } from "./signal-panel";

/** How the platform is, on one page: the first that somebody on call looks at. */
export const overview: Board = {
  uid: "ml-platform-overview",
  title: "ML platform: overview",
  description: "How the platform is, on one page. Begin here; every part has a dashboard of its own.",
  tags: ["overview"],
  rows: [
    {
      title: "Now",
      panels: [
        {
          kind: "number",
          title: "Alerts that wake somebody",
          description: "Alerts that fire with severity critical.",
          unit: "short",
          limits: none,
          queries: [{ expression: 'count(ALERTS{alertstate="firing", severity="critical"}) or vector(0)', legend: "critical" }],
        },
        {
          kind: "number",
          title: "Alerts for the morning",
          description: "Alerts that fire with severity warning.",
          unit: "short",
          limits: above(1),
          queries: [{ expression: 'count(ALERTS{alertstate="firing", severity="warning"}) or vector(0)', legend: "warning" }],
        },
        {
          kind: "number",
          title: "Routes that do not answer",
          description: "Probes of the platform that fail.",
          unit: "short",
          limits: none,
          alert: "RouteDown",
          queries: [{ expression: `count(probe_success{${inNamespaces}} == 0) or vector(0)`, legend: "routes" }],
        },
        {
          kind: "number",
          title: "Least budget of errors",
          description: "What is left of the budget of the objective that is worst off.",
          unit: "percentunit",
          limits: below(0.25, 0),
          alert: "ErrorBudgetSpent",
          queries: [{ expression: `min(slo:error_budget:remaining_ratio{${inNamespaces}})`, legend: "budget" }],
        },
        {
          kind: "number",
          title: "Requests",
          description: "Requests that workloads answer.",
          unit: "reqps",
          limits: noLimit,
          queries: [{ expression: `sum(workload:http_requests:rate5m{${inNamespaces}})`, legend: "requests" }],
        },
        {
          kind: "number",
          title: "Requests that fail",
          description: "Share of all requests that end with a status of 500 or more.",
          unit: "percentunit",
          limits: failing,
          alert: "WorkloadErrors",
          queries: [
            {
              expression: `sum(workload:http_errors:rate5m{${inNamespaces}}) / (sum(workload:http_requests:rate5m{${inNamespaces}}) > 0)`,
              legend: "errors",
            },
          ],
        },
        {
          kind: "number",
          title: "Pods that are not ready",
          description: "Of pods that run. One now and then is a release; one that stays is a fault.",
          unit: "short",
          limits: above(1, 5),
          alert: "PodNotReady",
          queries: [
            {
              expression: `sum(kube_pod_status_ready{${inNamespaces}, condition="false"} * on (namespace, pod) max by (namespace, pod) (kube_pod_status_phase{${inNamespaces}, phase=~"Pending|Running"})) or vector(0)`,
              legend: "pods",
            },
          ],
        },
        {
          kind: "number",
          title: "Targets that answer",
          description: "Of everything that Prometheus asks. What does not answer is not watched.",
          unit: "percentunit",
          limits: whole,
          alert: "TargetDown",
          queries: [{ expression: "avg(up)", legend: "targets" }],
        },
      ],
    },
    { title: "Applications", panels: requestPanels(inNamespaces) },
    {
      title: "What they stand on",
      panels: [
        {
          kind: "lines",
          title: "CPU of nodes in use",
          description: "A node that is full slows everything on it down.",
          unit: "percent",
          limits: above(80, 95),
          max: 100,
          queries: [{ expression: "node:cpu:percent", legend: "{{node}}" }],
        },
        {
          kind: "lines",
          title: "Memory of nodes in use",
          description: "A node that has none left ends pods.",
          unit: "percent",
          limits: above(90),
          max: 100,
          alert: "NodeMemorySaturated",
          queries: [{ expression: "node:memory:percent", legend: "{{node}}" }],
        },
        signalPanel("database", "connections", { meaning: "Of the most that the database takes.", width: 8 }),
        signalPanel("database", "backupAge", { meaning: "Of the database. One is made every day.", width: 8 }),
        signalPanel("cache", "memory", { meaning: "Of the cache.", width: 8 }),
        {
          kind: "bars",
          title: "Fullest volumes",
          description: "A full volume stops who writes to it.",
          unit: "percent",
          limits: above(85, 97),
          max: 100,
          alert: "VolumeFull",
          queries: [{ expression: `topk(8, volume:used:percent{${inNamespaces}})`, legend: "{{namespace}}/{{persistentvolumeclaim}}" }],
        },
        {
          kind: "bars",
          title: "Buckets",
          description: "What buckets hold.",
          unit: "bytes",
          limits: noLimit,
          queries: [{ expression: `sort_desc(${seriesOf("objectStore", "size")})`, legend: "{{bucket}}" }],
        },
      ],
    },
  ],
};
