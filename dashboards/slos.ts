import { above, below, noLimit } from "./limits";
import type { Board } from "./panel";
import { ofWorkloads } from "./selectors";

const budget = `(1 - slo:target:ratio{${ofWorkloads}})`;
const same = "on (namespace, workload, objective)";
const legend = "{{namespace}}/{{workload}} {{objective}}";

/** How many times faster than allowed a budget burns: at 1 it lasts exactly as long as its window. */
function burnRate(window: string): string {
  return `slo:errors:ratio_rate${window}{${ofWorkloads}} / ${same} ${budget}`;
}

/** Windows that alerts look at, and which of them. */
const burnWindows = [
  ["1h", "ErrorBudgetBurnFast"],
  ["6h", "ErrorBudgetBurnFast"],
  ["1d", "ErrorBudgetBurnSlow"],
  ["3d", "ErrorBudgetBurnSlow"],
] as const;

/** What was promised, what is kept, and how fast the budgets of errors burn. */
export const slos: Board = {
  uid: "slos",
  title: "Objectives",
  description: "What was promised to users, what is kept, and how fast the budgets of errors burn.",
  tags: ["workloads"],
  choosesWorkloads: true,
  since: "7d",
  rows: [
    {
      title: "All objectives",
      panels: [
        {
          kind: "number",
          title: "Objectives",
          description: "That workloads declare.",
          unit: "short",
          limits: noLimit,
          queries: [{ expression: `count(slo:target:ratio{${ofWorkloads}})`, legend: "objectives" }],
        },
        {
          kind: "number",
          title: "Objectives that are missed",
          description: "Whose budget is spent: no risk is left to take, until it has recovered.",
          unit: "short",
          limits: above(1),
          alert: "ErrorBudgetSpent",
          queries: [{ expression: `count(slo:error_budget:remaining_ratio{${ofWorkloads}} <= 0) or vector(0)`, legend: "missed" }],
        },
        {
          kind: "number",
          title: "Least budget of errors",
          description: "What is left of the budget of the objective that is worst off.",
          unit: "percentunit",
          limits: below(0.25, 0),
          alert: "ErrorBudgetSpent",
          queries: [{ expression: `min(slo:error_budget:remaining_ratio{${ofWorkloads}})`, legend: "budget" }],
        },
        {
          kind: "number",
          title: "Fastest burn",
          description: "Over the last hour: how many times faster than its window allows.",
          unit: "short",
          limits: above(1, 6),
          alert: "ErrorBudgetBurnFast",
          queries: [{ expression: `max(${burnRate("1h")})`, legend: "burn rate" }],
        },
        {
          kind: "table",
          title: "Objectives, and what is left of their budgets",
          description: "The budget is what may fail within the window of the objective. At a burn rate of 1 it lasts exactly that long.",
          unit: "percentunit",
          limits: noLimit,
          labels: ["namespace", "workload", "objective"],
          queries: [
            { expression: `max by (namespace, workload, objective) (slo:target:ratio{${ofWorkloads}})`, legend: "target" },
            {
              expression: `1 - max by (namespace, workload, objective) (slo:errors:ratio_rate1d{${ofWorkloads}})`,
              legend: "kept in a day",
            },
            {
              expression: `min by (namespace, workload, objective) (slo:error_budget:remaining_ratio{${ofWorkloads}})`,
              legend: "budget left",
              limits: below(0.25, 0),
            },
            { expression: burnRate("1h"), legend: "burn rate, 1 hour", unit: "short", limits: above(1, 6) },
            { expression: burnRate("1d"), legend: "burn rate, 1 day", unit: "short", limits: above(1, 3) },
          ],
        },
      ],
    },
    {
      title: "Budgets",
      panels: [
        {
          kind: "lines",
          title: "Budget left",
          description: "Below 0 the objective is missed. A cliff is an outage; a slope is a fault that nobody has noticed.",
          unit: "percentunit",
          limits: below(0.25, 0),
          max: 1,
          alert: "ErrorBudgetSpent",
          queries: [{ expression: `slo:error_budget:remaining_ratio{${ofWorkloads}}`, legend }],
        },
        {
          kind: "lines",
          title: "Share that fails, over an hour",
          description: "Of what counts for the objective: requests, probes, or answers in time.",
          unit: "percentunit",
          limits: noLimit,
          queries: [{ expression: `slo:errors:ratio_rate1h{${ofWorkloads}}`, legend }],
        },
      ],
    },
    {
      title: "How fast budgets burn",
      panels: burnWindows.map(([window, alert]) => ({
        kind: "lines",
        title: `Burn rate over ${window}`,
        description: "How many times faster than the window of the objective allows. Alerts look at two windows at a time.",
        unit: "short",
        limits: above(1),
        alert,
        queries: [{ expression: burnRate(window), legend }],
      })),
    },
  ],
};
