import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ruleObject } from "../../../constructs/monitoring/rule-object";
import { objectiveName, type Objective } from "../../../constructs/objectives/objective";
import { objectiveRules } from "../../../constructs/objectives/objective-rules";
import { rounded } from "../../../constructs/objectives/burn-rates";
import { selector } from "../../../constructs/objectives/selector";
import { sharedRecordings } from "../../../constructs/objectives/shared-recordings";
import type { RuleGroup } from "../../../constructs/monitoring/alert";
import { environments } from "../../../environments/index";
import { metricsOf } from "../../../constructs/monitoring/promql";
import { testRules } from "../../alerts/promtool";
import { describeWith } from "../../installed-tool";

jest.setTimeout(60_000);

const month: Objective = { kind: "availability", of: "requests", target: 99.9, windowDays: 30 };
const week: Objective = { kind: "availability", of: "requests", target: 99, windowDays: 7 };
const reader = { namespace: "search", workload: "reader" } as const;

function rulesOf(objective: Objective): readonly RuleGroup[] {
  return objectiveRules("search", [{ objective, labels: { ...reader, objective: objectiveName(objective) } }]);
}

/** Rules as Prometheus reads them, without annotations: promtool would want those as well. */
function asRules(groups: readonly RuleGroup[]) {
  const { prod } = environments;
  const metrics = { ...prod.observability.metrics, retentionDays: 30 };
  const environment = { ...prod, observability: { ...prod.observability, metrics } };
  const { spec } = ruleObject("test", { environment, namespace: "search", name: "search", groups, owner: "search-team" });
  return spec.groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ("alert" in rule ? { ...rule, annotations: undefined } : rule)),
  }));
}

describe("objectives", () => {
  it.each<readonly [Objective, string, string, number]>([
    [
      month,
      'workload:http_requests:rate5m{namespace="search",workload="reader"}',
      'workload:http_errors:rate5m{namespace="search",workload="reader"}',
      0.999,
    ],
    [
      { kind: "availability", of: "probes", target: 99, windowDays: 7 },
      'sum by (namespace, workload) (count_over_time(probe_success{namespace="search",workload="reader"}[5m]))',
      'sum by (namespace, workload) (count_over_time(probe_success{namespace="search",workload="reader"}[5m])) - sum by (namespace, workload) (sum_over_time(probe_success{namespace="search",workload="reader"}[5m]))',
      0.99,
    ],
    [
      { kind: "latency", belowMilliseconds: 250, target: 99, windowDays: 7 },
      'sum by (namespace, workload) (rate(http_server_request_duration_seconds_count{namespace="search",workload="reader"}[5m]))',
      'clamp_min(sum by (namespace, workload) (rate(http_server_request_duration_seconds_count{namespace="search",workload="reader"}[5m])) - sum by (namespace, workload) (rate(http_server_request_duration_seconds_bucket{namespace="search",workload="reader",le="0.25"}[5m])), 0)',
      0.99,
    ],
  ])("are measured by what is asked and what of it fails: %j", (objective, total, errors, target) => {
    const labels = { ...reader, objective: objectiveName(objective) };
    expect(rulesOf(objective)[0]?.recordings).toEqual([
      { record: "slo:total:rate5m", expression: total, labels },
      { record: "slo:errors:rate5m", expression: errors, labels },
      { record: "slo:target:ratio", expression: `vector(${target})`, labels },
    ]);
  });

  it("take a bound of whole seconds however it is written", () => {
    const errors = rulesOf({ kind: "latency", belowMilliseconds: 1000, target: 99, windowDays: 7 })[0]?.recordings?.[1];
    expect(errors?.expression).toContain('le=~"1|1[.]0"');
  });

  it("spend their budget over their own window", () => {
    const labels = 'namespace="search",workload="reader",objective="availability-requests"';
    expect(rulesOf(month)[1]).toMatchObject({
      intervalSeconds: 120,
      recordings: [
        {
          record: "slo:error_budget:remaining_ratio",
          expression: `1 - sum_over_time(slo:errors:rate5m{${labels}}[30d]) / (sum_over_time(slo:total:rate5m{${labels}}[30d]) > 0) / 0.001`,
        },
      ],
    });
  });

  it("are none where there is none", () => {
    expect(objectiveRules("search", [])).toEqual([]);
  });
});

/** When an alert on a budget goes off. */
interface Burning {
  readonly objective: Objective;
  readonly alert: "ErrorBudgetBurnFast" | "ErrorBudgetBurnSlow" | "ErrorBudgetSpent";
  /** Share of failures in percent, and for how many minutes, one after the other. */
  readonly phases: readonly (readonly [number, number])[];
  readonly fires: boolean;
}

const fast = { objective: month, alert: "ErrorBudgetBurnFast" } as const;
const slow = { objective: month, alert: "ErrorBudgetBurnSlow" } as const;
const ofWeek = { objective: week, alert: "ErrorBudgetBurnFast" } as const;
const spent = { objective: week, alert: "ErrorBudgetSpent" } as const;
/** Long enough to keep the other windows out of it. */
const healthyHours = over(720);
const healthyDays = over(4320);

/** At the thresholds of the workbook: of 30 days with 99.9 %, 14.4 in 1 h, 6 in 6 h, 3 in 1 d and 1 in 3 d times 0.1 %. */
const burning: Readonly<Record<string, Burning>> = {
  "1h-above": { ...fast, phases: [healthyHours, [1.45, 70]], fires: true },
  "1h-below": { ...fast, phases: [healthyHours, [1.43, 70]], fires: false },
  "1h-not-yet": { ...fast, phases: [healthyHours, [1.45, 50]], fires: false },
  "1h-over": { ...fast, phases: [healthyHours, [1.8, 60], over(5)], fires: false },
  "6h-above": { ...fast, phases: [healthyHours, [0.61, 370]], fires: true },
  "6h-below": { ...fast, phases: [healthyHours, [0.59, 370]], fires: false },
  "6h-still": { ...fast, phases: [healthyHours, [0.8, 370], over(5)], fires: true },
  "6h-over": { ...fast, phases: [healthyHours, [0.8, 370], over(15)], fires: false },
  "1d-above": { ...slow, phases: [healthyDays, [0.305, 1500]], fires: true },
  "1d-below": { ...slow, phases: [healthyDays, [0.295, 1500]], fires: false },
  "1d-still": { ...slow, phases: [healthyDays, [0.4, 1500], over(30)], fires: true },
  "3d-above": { ...slow, phases: [[0.105, 4350]], fires: true },
  "3d-below": { ...slow, phases: [[0.095, 4350]], fires: false },
  "3d-still": { ...slow, phases: [[0.15, 4350], over(30)], fires: true },
  "3d-over": { ...slow, phases: [[0.15, 4350], over(150)], fires: false },
  "week-1h-above": { ...ofWeek, phases: [healthyHours, [3.4, 70]], fires: true },
  "week-1h-below": { ...ofWeek, phases: [healthyHours, [3.3, 70]], fires: false },
  "week-lasts": { ...slow, objective: week, phases: [[0.99, 4350]], fires: false },
  spent: { ...spent, phases: [over(990), [2.1, 990]], fires: true },
  left: { ...spent, phases: [over(990), [1.98, 990]], fires: false },
};

/** Nothing fails for so many minutes. */
function over(minutes: number): readonly [number, number] {
  return [0, minutes];
}

describeWith(["promtool"], "alerts on budgets", () => {
  const work = mkdtempSync(join(tmpdir(), "evenkeel-burns-"));
  afterAll(() => rmSync(work, { recursive: true }));
  const told = testRules(
    work,
    Object.entries(burning).map(([name, one]) => ({
      name,
      rules: { groups: asRules(rulesFor(one)) },
      tests: [burnTest(one)],
      evaluationInterval: stepOf(one),
    })),
  );

  it("have all of their budget left where nothing has ever failed", () => {
    const groups = asRules([...sharedRecordings(), ...rulesOf(month)]);
    const counted = `http_server_request_duration_seconds_count${selector({ ...reader, pod: "reader-1", http_response_status_code: "200" })}`;
    const expected = (expr: string, value: number, name: string, labels: object) => ({
      ...{ expr, eval_time: "20m" },
      exp_samples: [{ labels: `${name}${selector({ ...labels })}`, value }],
    });
    const labels = { ...reader, objective: "availability-requests" };
    const test = {
      interval: "1m",
      input_series: [{ series: counted, values: "0+60x20" }],
      promql_expr_test: [
        expected("workload:http_errors:ratio_rate5m", 0, "workload:http_errors:ratio_rate5m", reader),
        expected("slo:error_budget:remaining_ratio", 1, "slo:error_budget:remaining_ratio", labels),
      ],
    };
    expect(testRules(work, [{ name: "healthy", rules: { groups }, tests: [test] }]).get("healthy")).toBe("");
  });

  it.each(Object.keys(burning))("go off exactly as reckoned: %s", (name) => {
    expect(told.get(name)).toBe("");
  });
});

/** An alert with the series that it is made of, and no others: Prometheus would reckon all of them every minute of some days. */
function rulesFor({ alert, objective }: Burning): readonly RuleGroup[] {
  const groups = [...sharedRecordings(), ...rulesOf(objective)];
  const alerts = groups.flatMap(({ alerts: some = [] }) => some).filter(({ name }) => name === alert);
  const asked = alerts.flatMap(({ expression }) => metricsOf(expression));
  const recordings = groups.flatMap(({ recordings: some = [] }) => some).filter(({ record }) => asked.includes(record));
  return [{ name: "test", recordings, alerts }];
}

/** Days by the minute would take promtool a minute. */
function stepOf({ phases }: Burning): "5m" | "30m" {
  return phases.every(([, minutes]) => minutes < 900) ? "5m" : "30m";
}

function burnTest(one: Burning): object {
  const { alert, fires, phases } = one;
  const labels = { ...reader, objective: "availability-requests" };
  const step = stepOf(one);
  const samples = (minutes: number) => minutes / parseInt(step) - 1;
  const series = (name: string, of: (percent: number) => number) => ({
    series: `${name}${selector(labels)}`,
    values: phases.map(([percent, minutes]) => `${of(percent)}x${samples(minutes)}`).join(" "),
  });
  const minutes = phases.reduce((sum, [, some]) => sum + some, 0);
  const severity = alert === "ErrorBudgetBurnFast" ? "critical" : "warning";
  return {
    interval: step,
    input_series: [series("slo:total:rate5m", () => 1), series("slo:errors:rate5m", (percent) => rounded(percent / 100))],
    alert_rule_test: [
      {
        eval_time: `${minutes - 1}m`,
        alertname: alert,
        exp_alerts: fires ? [{ exp_labels: { ...labels, severity, owner: "search-team" } }] : [],
      },
    ],
  };
}
