import { above, noLimit } from "./limits";
import type { Panel, Row } from "./panel";
import { inNamespaces } from "./selectors";

/** Share of requests that may fail: above 1 % somebody looks, above 5 % somebody is woken. */
export const failing = above(0.01, 0.05);

/**
 * How many requests, how many fail, how long they take: by workload.
 * @param selected matchers of labels
 */
export function requestPanels(selected: string): readonly Panel[] {
  return [
    {
      kind: "lines",
      title: "Requests",
      description: "Requests that workloads answer. A fall to nothing is worse than a rise: look at the gateway and at the pods.",
      unit: "reqps",
      limits: noLimit,
      queries: [
        { expression: `sum by (namespace, workload) (workload:http_requests:rate5m{${selected}})`, legend: "{{namespace}}/{{workload}}" },
      ],
    },
    errorPanel(selected),
    {
      kind: "lines",
      title: "Time until an answer",
      description: "Within this time 95 of 100 requests are answered.",
      unit: "s",
      limits: above(0.5, 1),
      queries: [{ expression: `workload:http_latency_seconds:p95{${selected}}`, legend: "{{namespace}}/{{workload}}" }],
    },
  ];
}

/** Who notices when something beneath is out of hand: errors of the workloads. */
export const whoNotices: Row = {
  title: "Who notices",
  panels: [
    { ...errorPanel(inNamespaces), width: 12 },
    {
      kind: "lines",
      title: "Time until an answer, of workloads",
      description: "Within this time 95 of 100 requests are answered. It rises with what workloads wait for.",
      unit: "s",
      limits: above(0.5, 1),
      queries: [{ expression: `workload:http_latency_seconds:p95{${inNamespaces}}`, legend: "{{namespace}}/{{workload}}" }],
    },
  ],
};

function errorPanel(selected: string): Panel {
  return {
    kind: "lines",
    title: "Requests that fail",
    description: "Share of requests that end with a status of 500 or more. Above 1 % somebody looks, above 5 % somebody is woken.",
    unit: "percentunit",
    limits: failing,
    max: 1,
    alert: "WorkloadErrors",
    queries: [{ expression: `workload:http_errors:ratio_rate5m{${selected}}`, legend: "{{namespace}}/{{workload}}" }],
  };
}
