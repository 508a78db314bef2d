import { severities } from "../../environments/observability/alerting-fields";
import type { Problem } from "../shared/errors";
import { runbookFile, type Alert, type Recording, type RuleGroup } from "./alert";
import { lookBackSeconds, promqlProblem } from "./promql";

/** What rules are held against. */
export interface RuleLimits {
  /** Team that answers for alerts that name none. */
  readonly owner: string;
  /** How long Prometheus keeps metrics. */
  readonly retentionDays: number;
  /** Files of `docs/runbooks/alerts`. */
  readonly runbooks: ReadonlySet<string>;
}

/** A rule, and whose it is as problems name it. */
interface Placed<Rule> {
  readonly path: string;
  readonly rule: Rule;
}

/** Everything that is wrong with rules of one object, but for what only Prometheus itself would find. */
export function ruleProblems(path: string, groups: readonly RuleGroup[], limits: RuleLimits): readonly Problem[] {
  const recordings = groups.flatMap(({ name, recordings: rules = [] }) =>
    rules.map((rule) => ({ path: `${path}.${name}.${rule.record}`, rule })),
  );
  const alerts = groups.flatMap(({ name, alerts: rules = [] }) => rules.map((rule) => ({ path: `${path}.${name}.${rule.name}`, rule })));
  return [
    ...twice(groups.map((rule) => ({ path: `${path}.${rule.name}`, rule }))).map(({ path: at, rule }) => ({
      ...{ path: at, field: "name", value: rule.name },
      ...{ limit: "the name of one group of the object", fix: "rename one of them, or put their rules into one group" },
    })),
    ...twice(recordings).map(({ path: at, rule }) => ({
      ...{ path: at, field: "record", value: rule.record },
      ...{ limit: "recorded once with the same labels", fix: "rename one of them, or add a label that tells them apart" },
    })),
    ...twice(alerts).map(({ path: at, rule }) => ({
      ...{ path: at, field: "name", value: rule.name },
      ...{ limit: "an alert once with the same labels", fix: "rename one of them, or add a label that tells them apart" },
    })),
    ...recordings.flatMap((recording) => recordingProblems(recording, limits)),
    ...alerts.flatMap((alert) => alertProblems(alert, limits)),
  ];
}

function recordingProblems({ path, rule }: Placed<Recording>, limits: RuleLimits): readonly Problem[] {
  const named = /^[a-zA-Z_]\w*(:\w+)+$/.test(rule.record);
  const fix = "name what it is, the signal and the unit, such as node:cpu:percent";
  return [
    ...(named ? [] : [{ path, field: "record", value: rule.record, limit: "letters, digits, _ and colons between its parts", fix }]),
    ...expressionProblems(path, rule.expression, limits),
  ];
}

function alertProblems({ path, rule }: Placed<Alert>, limits: RuleLimits): readonly Problem[] {
  const { description, expression, forMinutes, name, owner = limits.owner, severity, summary } = rule;
  const problems: Problem[] = [];
  const wrong = (field: string, value: unknown, limit: string, fix: string) => problems.push({ path, field, value, limit, fix });
  if (!/^([A-Z][a-z0-9]*)+$/.test(name)) wrong("name", name, "a name in PascalCase", "rename it, and its runbook");
  if (!summary.trim() || summary.includes("\n")) wrong("summary", summary, "one line", "say in a few words what is wrong");
  if (!description.trim()) wrong("description", description, "a sentence", "say what it means for users");
  if (!owner.trim()) wrong("owner", owner, "a team", "say who answers for it");
  if (!severities.includes(severity)) wrong("severity", severity, `one of ${severities.join(", ")}`, "say who has to be told, and when");
  if (!Number.isInteger(forMinutes) || forMinutes < 0) {
    wrong("forMinutes", forMinutes, "a whole number of minutes, 0 or more", "say how long it has to last");
  }
  return [...problems, ...runbookProblems(path, rule, limits), ...expressionProblems(path, expression, limits)];
}

function runbookProblems(path: string, { name, runbook }: Alert, { runbooks }: RuleLimits): readonly Problem[] {
  if (runbook?.startsWith("https://")) return [];
  const file = runbook ?? runbookFile(name);
  const limit = "a file of docs/runbooks/alerts, or an address that begins with https://";
  return runbooks.has(file) ? [] : [{ path, field: "runbook", value: file, limit, fix: "write what is to be done when it fires" }];
}

function expressionProblems(path: string, expression: string, { retentionDays }: RuleLimits): readonly Problem[] {
  const problem = { path, field: "expression", value: expression };
  const wrong = promqlProblem(expression);
  if (wrong !== undefined) return [{ ...problem, limit: "an expression of PromQL", fix: `it does not parse at "${wrong}"` }];
  if (lookBackSeconds(expression) <= retentionDays * 86_400) return [];
  const fix = "shorten its windows, or raise observability.metrics.retentionDays";
  return [{ ...problem, limit: `about the last ${retentionDays} days, which Prometheus keeps`, fix }];
}

/** All but the first of those that Prometheus would not tell apart. */
function twice<Rule extends RuleGroup | Recording | Alert>(rules: readonly Placed<Rule>[]): readonly Placed<Rule>[] {
  const seen = new Set<string>();
  return rules.filter(({ rule }) => {
    const identity = identityOf(rule);
    const known = seen.has(identity);
    seen.add(identity);
    return known;
  });
}

function identityOf(rule: RuleGroup | Recording | Alert): string {
  const labels = "labels" in rule ? Object.entries(rule.labels ?? {}).sort(([one], [other]) => (one < other ? -1 : 1)) : [];
  return JSON.stringify(["record" in rule ? rule.record : rule.name, "severity" in rule ? rule.severity : "", labels]);
}
