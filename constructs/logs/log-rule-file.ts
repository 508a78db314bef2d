import type { Environment } from "../../environments/environment";
import { alertingRule } from "../monitoring/rule-object";
import { refuse } from "../shared/errors";
import type { LogAlert } from "./log-alert";
import { alertProblem } from "./logql";

/**
 * Alerts on logs as a file of rules that Loki reads. JSON, which is YAML as well.
 * @param path whose rules these are
 * @throws ConfigurationError with every expression that Loki would refuse
 */
export function logRuleFile(path: string, environment: Environment, alerts: readonly LogAlert[]): string {
  refuse(
    alerts.flatMap(({ expression, name }) => {
      const fix = alertProblem(expression);
      return fix === undefined
        ? []
        : [{ path: `${path}.${name}`, field: "expression", value: expression, limit: "an expression of LogQL that yields numbers", fix }];
    }),
  );
  const { runbooks } = environment.observability.alerting;
  const rules = alerts.map((alert) => alertingRule(alert, environment.owner, runbooks));
  return JSON.stringify({ groups: [{ name: "logs", rules }] }, null, 2);
}
