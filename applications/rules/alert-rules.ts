import { platformRules } from "../../constructs/alerts/platform-rules";
import { writtenRunbooks } from "../../constructs/monitoring/runbooks";
import { lookBackSeconds, metricsOf, promqlProblem } from "../../constructs/monitoring/promql";
import { sharedAlerts } from "../../constructs/objectives/application-rules";
import { entriesOf, pathIn, problem, type DeclaredApplication, type Rule } from "./declared";

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

/** An expression sees no further back than metrics are kept. */
const windows: Rule = ({ applications, environments }) =>
  applications.flatMap(alertsOf).flatMap(({ alert: { expression }, application, name }) => {
    if (promqlProblem(expression) !== undefined) return [];
    const seconds = lookBackSeconds(expression);
    return environments.flatMap((environment) => {
      const kept = environment.observability.metrics.retentionDays;
      if (!environment.monitoring || seconds <= kept * 86_400) return [];
      const limit = `about the last ${kept} days, which ${environment.name} keeps`;
      const fix = "shorten its windows, or raise observability.metrics.retentionDays";
      return [problem(pathIn(environment, application.path), `alerts.${name}.expression`, expression, limit, fix)];
    });
  });

const platformAlerts = platformRules.flatMap(({ alerts = [] }) => alerts.map(({ name }) => name));

/** Who has an alert of that name already, whatever applications declare. */
function takenBy(name: string): string | undefined {
  if (sharedAlerts.includes(name)) return "every application";
  return platformAlerts.includes(name) ? "the platform" : undefined;
}

/** People and runbooks mean an alert by its name alone. */
const once: Rule = ({ applications }) => {
  const all = applications.flatMap(alertsOf);
  return all.flatMap((alert, index) => {
    const first = all.slice(0, index).find(({ name }) => name === alert.name);
    const owner = first?.application.path ?? takenBy(alert.name);
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
export const alertRules = [single, windows, once];
