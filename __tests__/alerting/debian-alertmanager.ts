import { stringify } from "yaml";
import type { AlertmanagerConfiguration, Route } from "../../constructs/alerting/alertmanager";

/** What a configuration looks like to a program that is told of some things otherwise. */
export interface Otherwise {
  /** URLs of heartbeats: Debian's Alertmanager is 0.25, which takes none from a file yet. */
  readonly heartbeatUrl: string;
  /** What else is changed in receivers and routes. @default nothing */
  readonly receiver?: (configuration: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  readonly route?: (route: Route) => Route;
}

/** A configuration for Debian's Alertmanager and amtool, as YAML. */
export function debianConfiguration(configuration: AlertmanagerConfiguration, { heartbeatUrl, receiver, route }: Otherwise): string {
  const integration = (key: string, of: Readonly<Record<string, unknown>>) => {
    const { url_file: heartbeat, ...others } = of;
    const readable = heartbeat === undefined ? of : { ...others, url: heartbeatUrl };
    return key === "webhook_configs" ? readable : (receiver ?? same)(readable);
  };
  const receivers = configuration.receivers.map((each) =>
    Object.fromEntries(
      Object.entries(each).map(([key, value]: [string, string | readonly Readonly<Record<string, unknown>>[]]) => [
        key,
        typeof value === "string" ? value : value.map((of) => integration(key, of)),
      ]),
    ),
  );
  return stringify({ ...configuration, receivers, route: everyRoute(configuration.route, route ?? same) });
}

function everyRoute(of: Route, change: (route: Route) => Route): Route {
  const { routes, ...route } = of;
  return { ...change(route), ...(routes ? { routes: routes.map((below) => everyRoute(below, change)) } : {}) };
}

function same<Value>(value: Value): Value {
  return value;
}
