import { createHash } from "node:crypto";
import type { AlertingRule, RecordingRule } from "../../constructs/monitoring/prometheus-rule";
import { metricsOf } from "../../constructs/monitoring/promql";
import type { AlertCase, Seen } from "./alert-case";
import type { RecordingCase } from "./platform-recordings";

/** What promtool tests an alert or a recorded series with. */
export interface RuleTest {
  /** Its name, and what tells it from an alert of the same name in another environment. */
  readonly name: string;
  /** Rule file: the alert, and the recorded series that it lives on. */
  readonly rules: object;
  /** Test file, but for the name of the rule file. */
  readonly tests: readonly object[];
  /** How often rules are reckoned. @default 1m */
  readonly evaluationInterval?: string;
}

/**
 * The test of an alert by its case; it must not fire before it has lasted. Annotations are left out: promtool of Debian would want them word for word.
 * @param alerts all of one environment with the name
 * @param recordings all of the same environment
 */
export function ruleTest(name: string, alerts: readonly AlertingRule[], recordings: readonly RecordingRule[], found: AlertCase): RuleTest {
  const given = [...Object.keys(found.fires.series), ...Object.keys(found.quiet.series)].flatMap(metricsOf);
  const asked = alerts.flatMap(({ expr }) => metricsOf(expr));
  const bare = alerts.map(({ alert, expr, for: lasting, labels }) => ({ alert, expr, for: lasting, labels }));
  const rules = { groups: [{ name, rules: [...neededRecordings(asked, recordings, given), ...bare] }] };
  const firing = { exp_labels: firingLabels(name, alerts, found) };
  const lasting = Math.min(...alerts.map((alert) => Number.parseInt(alert.for, 10)));
  const early = lasting > 0 ? [expected(name, `${lasting - 1}m`, [])] : [];
  const tests = [
    { ...input(`${name} fires`, found.fires), alert_rule_test: [...early, expected(name, found.fires.after, [firing])] },
    { ...input(`${name} is quiet`, found.quiet), alert_rule_test: [expected(name, found.quiet.after, [])] },
  ];
  const hash = createHash("sha256")
    .update(JSON.stringify([rules, tests]))
    .digest("hex");
  return { name: `${name}-${hash.slice(0, 12)}`, rules, tests };
}

/**
 * The test of a recorded series.
 * @param recordings all of one environment
 */
export function recordingTest(name: string, recordings: readonly RecordingRule[], { yields, ...seen }: RecordingCase): RuleTest {
  const samples = Object.entries(yields).map(([labels, value]) => ({ labels: `${name}${labels}`, value }));
  const rules = { groups: [{ name, rules: neededRecordings([name], recordings, []) }] };
  const tests = [{ ...input(name, seen), promql_expr_test: [{ expr: name, eval_time: seen.after, exp_samples: samples }] }];
  return { name: name.replaceAll(":", "-"), rules, tests };
}

/** Labels that Prometheus adds to those of the series. */
function firingLabels(name: string, alerts: readonly AlertingRule[], { fires }: AlertCase): Readonly<Record<string, string>> {
  const given = fires.labels ?? {};
  const possible = new Map(
    alerts
      .filter(({ labels }) => Object.entries(labels).every(([label, value]) => [value, undefined].includes(given[label])))
      .map(({ labels }) => [JSON.stringify(Object.entries(labels).sort()), labels]),
  );
  const [labels] = possible.values();
  if (labels === undefined || possible.size > 1) {
    throw new Error(`${possible.size} alerts called ${name} fit the labels of its case, expected 1: give labels that tell them apart`);
  }
  return { ...labels, ...given };
}

function expected(alertname: string, after: string, alerts: readonly object[]): object {
  return { eval_time: after, alertname, exp_alerts: alerts };
}

function input(title: string, { series }: Seen): object {
  const all = Object.entries(series).map(([selector, values]) => ({ series: selector, values }));
  return { name: title, interval: "1m", input_series: all };
}

/**
 * Recordings that metrics are made of, each after those that it is made of itself.
 * @param given metrics that are there already
 */
function neededRecordings(
  metrics: readonly string[],
  recordings: readonly RecordingRule[],
  given: readonly string[],
): readonly RecordingRule[] {
  const needed = new Set<RecordingRule>();
  const visited = new Set(given);
  const visit = (metric: string): void => {
    if (visited.has(metric)) return;
    visited.add(metric);
    for (const recording of recordings.filter(({ record }) => record === metric)) {
      metricsOf(recording.expr).forEach(visit);
      needed.add(recording);
    }
  };
  metrics.forEach(visit);
  return [...needed];
}
