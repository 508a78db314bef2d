import type { Alert, RuleGroup } from "../../../constructs/monitoring/alert";
import { ruleProblems } from "../../../constructs/monitoring/rule-problems";
import { describe as told } from "../../../constructs/shared/errors";

const alert: Alert = {
  name: "QueueLong",
  expression: "queue_length > 100",
  forMinutes: 5,
  severity: "warning",
  summary: "The queue is long",
  description: "It takes long until something is done.",
};

/** What is told of rules, line by line. */
function problems(groups: readonly RuleGroup[], owner = "team-a"): readonly string[] {
  return ruleProblems("rules", groups, { owner, retentionDays: 7, runbooks: new Set(["queue-long.md"]) }).map(told);
}

/** What is told of an alert that differs from the right one. */
function problemsOf(changes: Partial<Record<keyof Alert, unknown>>, owner?: string): readonly string[] {
  return problems([{ name: "queue", alerts: [{ ...alert, ...changes } as Alert] }], owner);
}

describe("ruleProblems", () => {
  it("takes rules that are right", () => {
    expect(
      problems([{ name: "queue", recordings: [{ record: "queue:length:count", expression: "queue_length" }], alerts: [alert] }]),
    ).toEqual([]);
  });

  it("takes the same names with labels that tell them apart", () => {
    const of = (workload: string) => ({ ...alert, labels: { workload } });
    const lengthOf = (workload: string) => ({ record: "queue:length:count", expression: "queue_length", labels: { workload } });
    expect(problems([{ name: "queue", alerts: [of("a"), of("b")], recordings: [lengthOf("a"), lengthOf("b")] }])).toEqual([]);
    expect(problems([{ name: "queue", alerts: [alert, { ...alert, severity: "critical" }] }])).toEqual([]);
  });

  it("fails when an expression does not parse", () => {
    expect(problemsOf({ expression: "sum(rate(a[5m])" })).toEqual([
      'rules.queue.QueueLong: expression is "sum(rate(a[5m])", must be an expression of PromQL; it does not parse at "its end"',
    ]);
  });

  it("fails when an expression looks further back than Prometheus keeps", () => {
    expect(problemsOf({ expression: "rate(a[7d]) > 0" })).toEqual([]);
    expect(problemsOf({ expression: "rate(a[7d1s]) > 0" })).toEqual([
      'rules.queue.QueueLong: expression is "rate(a[7d1s]) > 0", must be about the last 7 days, which Prometheus keeps; shorten its windows, or raise observability.metrics.retentionDays',
    ]);
  });

  it("fails when the name is not in PascalCase", () => {
    expect(problemsOf({ name: "queue-long" })).toEqual([
      'rules.queue.queue-long: name is "queue-long", must be a name in PascalCase; rename it, and its runbook',
    ]);
  });

  it("fails when nothing is said", () => {
    expect(problemsOf({ summary: " ", description: "", owner: "" })).toEqual([
      'rules.queue.QueueLong: summary is " ", must be one line; say in a few words what is wrong',
      'rules.queue.QueueLong: description is "", must be a sentence; say what it means for users',
      'rules.queue.QueueLong: owner is "", must be a team; say who answers for it',
    ]);
  });

  it("fails when the summary has several lines", () => {
    expect(problemsOf({ summary: "The queue\nis long" })).toEqual([expect.stringContaining("must be one line")]);
  });

  it("fails when nobody owns the rules, and an alert names nobody", () => {
    expect(problemsOf({}, "")).toEqual([expect.stringContaining('owner is "", must be a team')]);
    expect(problemsOf({ owner: "team-b" }, "")).toEqual([]);
  });

  it("fails when the severity is unknown", () => {
    expect(problemsOf({ severity: "bad" })).toEqual([
      'rules.queue.QueueLong: severity is "bad", must be one of critical, warning, info; say who has to be told, and when',
    ]);
  });

  it.each([-1, 1.5, Number.NaN])("fails when it has to last %p minutes", (forMinutes) => {
    expect(problemsOf({ forMinutes })).toEqual([
      `rules.queue.QueueLong: forMinutes is ${forMinutes}, must be a whole number of minutes, 0 or more; say how long it has to last`,
    ]);
  });

  it("fails when there is no runbook", () => {
    expect(problemsOf({ name: "QueueLost" })).toEqual([
      'rules.queue.QueueLost: runbook is "queue-lost.md", must be a file of docs/runbooks/alerts, or an address that begins with https://; write what is to be done when it fires',
    ]);
    expect(problemsOf({ runbook: "http://example.com/queue" })).toHaveLength(1);
    expect(problemsOf({ runbook: "https://example.com/queue" })).toEqual([]);
    expect(problemsOf({ name: "QueueLost", runbook: "queue-long.md" })).toEqual([]);
  });

  it("fails when an alert, a series or a group is there twice", () => {
    const recording = { record: "queue:length:count", expression: "queue_length" };
    const group = { name: "queue", recordings: [recording], alerts: [alert] };
    expect(problems([group, group])).toEqual([
      'rules.queue: name is "queue", must be the name of one group of the object; rename one of them, or put their rules into one group',
      'rules.queue.queue:length:count: record is "queue:length:count", must be recorded once with the same labels; rename one of them, or add a label that tells them apart',
      'rules.queue.QueueLong: name is "QueueLong", must be an alert once with the same labels; rename one of them, or add a label that tells them apart',
    ]);
  });

  it.each(["queue_length", "queue:", ":queue", "queue:long-time", "1:a"])("fails when a recorded series is called %s", (record) => {
    expect(problems([{ name: "queue", recordings: [{ record, expression: "a" }] }])).toEqual([
      `rules.queue.${record}: record is "${record}", must be letters, digits, _ and colons between its parts; name what it is, the signal and the unit, such as node:cpu:percent`,
    ]);
  });

  it("tells everything at once", () => {
    expect(problemsOf({ name: "a b", severity: "bad", forMinutes: -1, expression: "(" })).toHaveLength(5); // the runbook is missing, too
  });
});
