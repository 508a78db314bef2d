import type { Alert, Recording, RuleGroup } from "../monitoring/alert";
import { burnRateOf, burns, burnsWithin, rounded, type Burn } from "./burn-rates";
import { budgetOf, type Objective, type PlacedObjective } from "./objective";
import { selector } from "./selector";

/** What is left of a budget moves slowly: it is reckoned less often, as it reads the whole window. */
const budgetIntervalSeconds = 120;

/** Series and alerts of an application's objectives; none where it has no objective. */
export function objectiveRules(application: string, objectives: readonly PlacedObjective[]): readonly RuleGroup[] {
  if (objectives.length === 0) return [];
  return [
    {
      name: `${application}-objectives`,
      recordings: objectives.flatMap(objectiveRecordings),
      alerts: [...objectives.flatMap(burnAlerts), spentAlert(application)],
    },
    { name: `${application}-budgets`, intervalSeconds: budgetIntervalSeconds, recordings: objectives.map(budgetRecording) },
  ];
}

/** What is asked and what of it fails, per second, and the share that has to be right. */
function objectiveRecordings({ labels, objective }: PlacedObjective): readonly Recording[] {
  const { errors, total } = expressionsOf(objective, { namespace: labels.namespace, workload: labels.workload });
  return [
    { record: "slo:total:rate5m", expression: total, labels },
    { record: "slo:errors:rate5m", expression: errors, labels },
    { record: "slo:target:ratio", expression: `vector(${rounded(objective.target / 100)})`, labels },
  ];
}

function expressionsOf(objective: Objective, labels: Readonly<Record<string, string>>) {
  if (objective.kind === "latency") {
    const rate = (series: string, ...further: readonly string[]) =>
      summed(`rate(http_server_request_duration_seconds_${series}${selector(labels, ...further)}[5m])`);
    const inTime = rate("bucket", bucketUpTo(objective.belowMilliseconds));
    return { total: rate("count"), errors: `clamp_min(${rate("count")} - ${inTime}, 0)` };
  }
  if (objective.of === "probes") {
    const probes = `probe_success${selector(labels)}[5m]`;
    const asked = summed(`count_over_time(${probes})`);
    return { total: asked, errors: `${asked} - ${summed(`sum_over_time(${probes})`)}` };
  }
  return { total: `workload:http_requests:rate5m${selector(labels)}`, errors: `workload:http_errors:rate5m${selector(labels)}` };
}

function summed(expression: string): string {
  return `sum by (namespace, workload) (${expression})`;
}

/** Programs write a bound as 1 or as 1.0, and Prometheus from version 3 on always as the latter. */
function bucketUpTo(milliseconds: number): string {
  const seconds = String(milliseconds / 1000);
  return seconds.includes(".") ? `le="${seconds}"` : `le=~"${seconds}|${seconds}[.]0"`;
}

/** The same for both urgencies, but for the windows and how bad it is. */
function burnAlerts(placed: PlacedObjective): readonly Alert[] {
  const within = "Budget of {{ $labels.workload }}, {{ $labels.objective }}, burns";
  const { labels, objective } = placed;
  const failing = "{{ $value | humanizePercentage }} of what is asked fails.";
  return [
    {
      ...{ name: "ErrorBudgetBurnFast", severity: "critical", expression: burning(placed, burns.fast), forMinutes: 2, labels },
      summary: `${within} fast`,
      description: `${failing} A few days of this leave nothing of the budget of ${objective.windowDays} days.`,
    },
    {
      ...{ name: "ErrorBudgetBurnSlow", severity: "warning", expression: burning(placed, burns.slow), forMinutes: 15, labels },
      summary: `${within} slowly`,
      description: `${failing} If it goes on, the budget of ${objective.windowDays} days does not last.`,
    },
  ];
}

/** Whether any of the burns takes place, in its long window and still in its short one. */
function burning({ labels, objective }: PlacedObjective, all: readonly Burn[]): string {
  const { windowDays } = objective;
  const parts = burnsWithin(all, windowDays).map((burn) => {
    const above = `> ${burnRateOf(burn, windowDays)} * ${budgetOf(objective)}`;
    const share = (window: string) => `slo:errors:ratio_rate${window}${selector(labels)} ${above}`;
    return `(${share(burn.long)} and ${share(burn.short)})`;
  });
  return parts.join(" or ");
}

/** What is left of the budget: 1 is all, 0 is nothing, below that more was spent than there was. */
function budgetRecording({ labels, objective }: PlacedObjective): Recording {
  const over = (series: string) => `sum_over_time(${series}${selector(labels)}[${objective.windowDays}d])`;
  return {
    record: "slo:error_budget:remaining_ratio",
    expression: `1 - ${over("slo:errors:rate5m")} / (${over("slo:total:rate5m")} > 0) / ${budgetOf(objective)}`,
    labels,
  };
}

function spentAlert(application: string): Alert {
  return {
    name: "ErrorBudgetSpent",
    expression: `slo:error_budget:remaining_ratio${selector({ namespace: application })} <= 0`,
    forMinutes: 15,
    severity: "warning",
    summary: "Budget of {{ $labels.workload }}, {{ $labels.objective }}, is spent",
    description:
      "{{ $value | humanizePercentage }} of it is left: the objective is missed, and a change is a risk that nobody has a budget for.",
  };
}
