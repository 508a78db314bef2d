import type { Environment } from "../../environments/environment";
import type { AlertmanagerConfiguration } from "./alertmanager";
import { inhibitRules } from "./inhibitions";
import { receiverConfigurations } from "./receivers";
import { rootRoute, timeIntervals } from "./routing";

/** Who is told of what in an environment, as Alertmanager 0.26 and newer reads it: since then the URL of a webhook can be in a file. */
export function alertmanagerConfiguration(environment: Environment): AlertmanagerConfiguration {
  return {
    // What Prometheus no longer says is over, in case it dies: it says how long each alert lasts.
    global: { resolve_timeout: "5m" },
    route: rootRoute(environment),
    inhibit_rules: inhibitRules,
    receivers: receiverConfigurations(environment),
    time_intervals: timeIntervals(environment.observability.alerting),
    templates: [],
  };
}
