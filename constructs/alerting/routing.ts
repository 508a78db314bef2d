import { severities, type Severity } from "../../environments/observability/alerting-fields";
import type { Environment } from "../../environments/environment";
import { heartbeatLabel, matcher, nobody, type Alerting } from "./alerting";
import type { Route, TimeInterval } from "./alertmanager";

/**
 * Alerts that are told as one: those of the same name, of the same workload. Severity and receiver are the same by the route. By less,
 * the trouble of one team would come with that of others; by more, every pod would be told by itself.
 */
const groupedBy = ["alertname", "environment", "namespace", "workload"] as const;

/** How soon and how often somebody is told. */
type Timing = Required<Pick<Route, "group_wait" | "group_interval" | "repeat_interval">>;

/**
 * What is critical waits for no more than alerts of the same round of the rules, and is said again every hour until it is over. A warning gives the
 * critical alert of the same thing, which silences it, time to come, and is said again the next morning and evening; what is only to be
 * known comes once a day.
 */
const timings: Readonly<Record<Severity, Timing>> = {
  critical: { group_wait: "15s", group_interval: "2m", repeat_interval: "1h" },
  warning: { group_wait: "1m", group_interval: "10m", repeat_interval: "12h" },
  info: { group_wait: "5m", group_interval: "1h", repeat_interval: "1d" },
};

/** Services that wait for a heartbeat give it a quarter of an hour or more: with five minutes two may get lost. */
const heartbeatTiming: Timing = { group_wait: "0s", group_interval: "1m", repeat_interval: "5m" };

/**
 * Where alerts go. Every receiver has one route for each severity, whatever the environment's routes have in common: nobody is told twice. Alerts of another
 * environment, and those that fit no route, are told to nobody.
 */
export function rootRoute({ name, observability: { alerting } }: Environment): Route {
  return {
    receiver: nobody,
    group_by: groupedBy,
    ...timings.warning,
    routes: [
      {
        // Without a label they are ours: better one alert too many than none.
        matchers: [`environment=~"|${name}"`],
        routes: [heartbeatRoute(alerting), ...Object.keys(alerting.receivers).flatMap((receiver) => routesTo(receiver, alerting))],
      },
    ],
  };
}

/** Times of the environment's maintenance, in UTC. */
export function timeIntervals({ maintenance }: Alerting): readonly TimeInterval[] {
  return Object.entries(maintenance).map(([name, { days, end, start }]) => ({
    name,
    time_intervals: [{ weekdays: days, times: [{ start_time: start, end_time: end }] }],
  }));
}

/** Goes on at all times, to nobody but who waits for it. */
function heartbeatRoute({ receivers }: Alerting): Route {
  const waiting = Object.entries(receivers).flatMap(([name, { kind }]) => (kind === "heartbeat" ? [name] : []));
  return {
    matchers: [matcher(heartbeatLabel, ["true"])],
    ...heartbeatTiming,
    routes: waiting.map((receiver) => ({ receiver, continue: true })),
  };
}

function routesTo(receiver: string, alerting: Alerting): readonly Route[] {
  return severities.flatMap((severity) => {
    const routes = alerting.routes.filter(({ severities, to }) => severities.includes(severity) && to.includes(receiver));
    if (routes.length === 0) return [];
    const owners = routes.some((route) => route.owners === undefined) ? undefined : distinct(routes.flatMap((route) => route.owners ?? []));
    return [
      {
        receiver,
        matchers: [matcher("severity", [severity]), ...(owners ? [matcher("owner", owners)] : [])],
        continue: true,
        ...timings[severity],
        ...silentTimes(severity, owners, alerting),
      },
    ];
  });
}

/** Maintenance of everybody, and below it that of single owners, who also have that of everybody. */
function silentTimes(severity: Severity, told: readonly string[] | undefined, { maintenance }: Alerting): Route {
  const windows = Object.entries(maintenance).filter(([, window]) => window.severities?.includes(severity) ?? true);
  const timesOf = (owner?: string) =>
    windows.flatMap(([name, { owners }]) => (owners === undefined || (owner !== undefined && owners.includes(owner)) ? [name] : []));
  const muted = (times: readonly string[]): Route => (times.length > 0 ? { mute_time_intervals: times } : {});
  const owners = distinct(windows.flatMap(([, window]) => window.owners ?? [])).filter((owner) => told?.includes(owner) ?? true);
  const routes = owners.map((owner) => ({ matchers: [matcher("owner", [owner])], ...muted(timesOf(owner)) }));
  return { ...muted(timesOf()), ...(routes.length > 0 ? { routes } : {}) };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
