import { refusals } from "../changed";

const alert = {
  expression: 'rate(things_done_total{namespace="search"}[5m]) == 0',
  forMinutes: 10,
  severity: "warning",
  summary: "Nothing is done",
  description: "It should be.",
  runbook: "https://docs.example.com/things",
};
const told = (changes: object) => refusals({ "search.alerts": { NothingDone: { ...alert, ...changes } } });
const path = "applications.search.alerts.NothingDone";

describe("an alert of an application", () => {
  it("has an expression of PromQL, and a runbook at an address or among those of the alerts", () => {
    expect(told({})).toEqual([]);
    expect(told({ runbook: "workload-errors.md" })).toEqual([]);
  });

  it("fails when its expression does not parse", () => {
    expect(told({ expression: "rate(things_done_total[5m" })).toEqual([
      `${path}: expression is "rate(things_done_total[5m", must be an expression of PromQL; it does not parse at "its end"`,
    ]);
  });

  it("fails when its expression is about nothing", () => {
    expect(told({ expression: "vector(1) > 0" })).toEqual([
      `${path}: expression is "vector(1) > 0", must be about a metric; name what is measured: this is the same whatever happens`,
    ]);
  });

  it("fails when it looks further back than an environment keeps metrics", () => {
    const expression = 'increase(things_done_total{namespace="search"}[6d] offset 2d) == 0';
    const line = (environment: string) =>
      `${environment}.${path}: expression is ${JSON.stringify(expression)}, must be about the last 7 days, which ${environment} keeps; shorten its windows, or raise observability.metrics.retentionDays`;
    expect(told({ expression })).toEqual([line("local"), line("dev")]);
    expect(told({ expression: expression.replace("2d", "1d") })).toEqual([]);
  });

  it("may look back any time where nobody keeps metrics", () => {
    const expression = "increase(things_done_total[30d]) == 0";
    const changes = { "search.alerts": { NothingDone: { ...alert, expression } } };
    const off = { monitoring: false };
    expect(refusals(changes, { local: off, dev: off, staging: off, prod: off })).toEqual([]);
  });

  it("fails when its runbook is not written", () => {
    expect(told({ runbook: "things.md" })).toEqual([
      `${path}: runbook is "things.md", must be a file of docs/runbooks/alerts, or an address; write it: somebody reads it at night`,
    ]);
  });

  it("fails when it is called as another one", () => {
    const own = { WorkloadErrors: alert, PodNotReady: alert, NothingDone: alert };
    const lines = refusals({ "search.alerts": own, "sre-portal.alerts": { NothingDone: alert } });
    expect(lines).toEqual([
      'applications.search.alerts: WorkloadErrors is "WorkloadErrors", must be the name of one alert: every application has it as well; rename it',
      'applications.search.alerts: PodNotReady is "PodNotReady", must be the name of one alert: the platform has it as well; rename it',
      'applications.sre-portal.alerts: NothingDone is "NothingDone", must be the name of one alert: applications.search has it as well; rename it',
    ]);
  });

  it.each([
    ["lower_case", "a name in PascalCase"],
    ["With-Dash", "a name in PascalCase"],
  ])("fails when it is called %s", (name, expected) => {
    expect(refusals({ "search.alerts": { [name]: alert } })).toEqual([expect.stringContaining(expected)]);
  });
});
