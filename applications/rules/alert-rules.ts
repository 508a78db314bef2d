import { writtenRunbooks } from "../../constructs/monitoring/runbooks";
import { metricsOf, promqlProblem } from "../../constructs/monitoring/promql";
import { sharedAlerts } from "../../constructs/objectives/application-rules";
import { entriesOf, problem, type DeclaredApplication, type Rule } from "./declared";

type Alerts = NonNullable<DeclaredApplication["application"]["alerts"]>;

/** An alert of an application, as far as it is well-formed. */
interface Declared {
  readonly application: DeclaredApplication;
  readonly name: string;
  readonly alert: Alerts[string];
}

const parts = [
  (alert: Declared) => {
    const { expression } = alert.alert;
    const wrong = promqlProblem(expression);
    if (wrong !== undefined) return told(alert, "expression", expression, "an expression of PromQL", `it does not parse at "${wrong}"`);
    if (metricsOf(expression).length > 0) return [];
    return told(alert, "expression", expression, "about a metric", "name what is measured: this is the same whatever happens");
  },
  (alert: Declared) => {
    const { runbook } = alert.alert;
    if (runbook.startsWith("https://") || writtenRunbooks().has(runbook)) return [];
    return told(alert, "runbook", runbook, "a file of docs/runbooks/alerts, or an address", "write it: somebody reads it at night");
  },
];

const single: Rule = ({ applications }) => applications.flatMap(alertsOf).flatMap((alert) => parts.flatMap((part) => part(alert)));

/** People and runbooks mean an alert by its name alone. */
const once: Rule = ({ applications }) => {
  const all = applications.flatMap(alertsOf);
  return all.flatMap((alert, index) => {
    const first = all.slice(0, index).find(({ name }) => name === alert.name);
    const owner = first?.application.path ?? (sharedAlerts.includes(alert.name) ? "every application" : undefined);
    if (owner === undefined) return [];
    const { application, name } = alert;
    return [problem(application.path, `alerts.${name}`, name, `the name of one alert: ${owner} has it as well`, "rename it")];
  });
};

function alertsOf(application: DeclaredApplication): readonly Declared[] {
  return entriesOf(application.application?.alerts).flatMap(([name, alert]) =>
    application.wellFormed([`alerts.${name}`]) ? [{ application, name, alert }] : [],
  );
}

function told({ application, name }: Declared, field: string, value: unknown, limit: string, fix: string) {
  return [problem(application.path, `alerts.${name}.${field}`, value, limit, fix)];
}

/** Alerts of applications. */
export const alertRules = [single, once];
