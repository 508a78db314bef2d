import { serves, type Application } from "../../applications/application";
import type { Alert, RuleGroup } from "../monitoring/alert";
import { objectivesOf } from "./objective";
import { objectiveRules } from "./objective-rules";
import { routeAlerts } from "./route-alerts";
import { workloadAlerts } from "./workload-alerts";

/** Names of the alerts that applications have alike. */
export const sharedAlerts: readonly string[] = [
  ...[...workloadAlerts(""), ...routeAlerts("")].map(({ name }) => name),
  ...["ErrorBudgetBurnFast", "ErrorBudgetBurnSlow", "ErrorBudgetSpent"],
];

/** Rules of an application: what every workload and every route is watched for, its objectives, and its own alerts. */
export function applicationRules(application: Application): readonly RuleGroup[] {
  const { alerts = {}, name, workloads } = application;
  const intents = Object.values(workloads);
  const hasRoutes = intents.some(({ connects = [] }) => connects.some(({ to }) => to === "gateway"));
  const own = Object.entries(alerts).map(([alert, fields]): Alert => ({ ...fields, name: alert }));
  return [
    { name: `${name}-workloads`, alerts: intents.some(serves) ? workloadAlerts(name) : [] },
    { name: `${name}-routes`, alerts: hasRoutes ? routeAlerts(name) : [] },
    ...objectiveRules(name, objectivesOf(application)),
    { name: `${name}-own`, alerts: own },
  ].filter(({ alerts: some = [], ...group }) => some.length > 0 || "recordings" in group);
}
