import type { LogAlert } from "../../../constructs/logs/log-alert";
import { logAlerts } from "../../../constructs/logs/log-alerts";
import { logRuleFile } from "../../../constructs/logs/log-rule-file";
import { environments } from "../../../environments/index";

const { prod } = environments;

const alert: LogAlert = {
  name: "LogsStrange",
  expression: 'sum by (namespace) (rate({tier="application"} |= "strange" [5m])) > 1',
  forMinutes: 3,
  severity: "critical",
  summary: "Strange",
  description: "Very strange.",
};

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Readonly<Record<string, unknown>>[] }[];
}

describe("alerts on logs", () => {
  it("are rules that say how bad it is, whose it is, and where the runbook is", () => {
    const { groups } = JSON.parse(logRuleFile("here", prod, [alert])) as RuleFile;
    expect(groups).toEqual([
      {
        name: "logs",
        rules: [
          {
            alert: "LogsStrange",
            expr: alert.expression,
            for: "3m",
            labels: { severity: "critical", owner: prod.owner },
            annotations: {
              summary: "Strange",
              description: "Very strange.",
              runbook_url: `${prod.observability.alerting.runbooks}/logs-strange.md`,
            },
          },
        ],
      },
    ]);
  });

  it("of the platform are taken, and each has a name of its own", () => {
    const { groups } = JSON.parse(logRuleFile("here", prod, logAlerts)) as RuleFile;
    const names = groups.flatMap(({ rules }) => rules.map((rule) => rule.alert));
    expect(names).toEqual(["ErrorLogsSurge", "LogsPanic"]);
  });

  it.each([
    ['rate({a="b"}[5m]', 'it does not parse at "its end"'],
    ['{a="b"} |= "x"', "count the lines: it yields lines, no numbers"],
  ])("fails when Loki would refuse one: %s", (expression, fix) => {
    const wrong = { ...alert, expression };
    expect(() => logRuleFile("here", prod, [alert, wrong, wrong])).toThrow(
      `here.LogsStrange: expression is ${JSON.stringify(expression)}, must be an expression of LogQL that yields numbers; ${fix}`,
    );
    expect(() => logRuleFile("here", prod, [wrong, wrong])).toThrow("2 problems");
  });
});
