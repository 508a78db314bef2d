import type { AwsEnvironment, Environment } from "../environment";
import { suggestion } from "../suggestion";
import { problem, repetitions, type Rule } from "./rule";

const field = "observability.alerting";

function alertingOf({ observability: { alerting } }: Environment) {
  return alerting;
}

/** Whoever is to be told is known, and takes alerts. */
const known: Rule = {
  reads: [`${field}.receivers`, `${field}.routes`],
  check: (environment) => {
    const { receivers, routes } = alertingOf(environment);
    const told = Object.keys(receivers).filter((name) => receivers[name]?.kind !== "heartbeat");
    const limit = told.length > 0 ? `a receiver of alerts: ${told.join(", ")}` : "a receiver of alerts, of which there is none";
    const fixFor = (name: string) =>
      Object.hasOwn(receivers, name) ? "a heartbeat finds its way without a route" : (suggestion(name, told) ?? "add it to the receivers");
    return routes.flatMap(({ to }, route) =>
      to.flatMap((name, index) =>
        told.includes(name) ? [] : [problem(environment, `${field}.routes.${route}.to.${index}`, name, limit, fixFor(name))],
      ),
    );
  },
};

/** Who can be told is told of something. */
const used: Rule = {
  reads: [`${field}.receivers`, `${field}.routes`],
  check: (environment) => {
    const { receivers, routes } = alertingOf(environment);
    const told = routes.flatMap(({ to }) => to);
    return Object.entries(receivers)
      .filter(([name, { kind }]) => kind !== "heartbeat" && !told.includes(name))
      .map(([name, { kind }]) =>
        problem(environment, `${field}.receivers.${name}`, kind, "a receiver that a route names", "name it in a route, or remove it"),
      );
  },
};

const once: Rule = {
  reads: [`${field}.routes`, `${field}.maintenance`],
  check: (environment) => {
    const { maintenance, routes } = alertingOf(environment);
    const lists = [
      ...routes.flatMap(({ owners = [], severities, to }, index) =>
        Object.entries({ severities, owners, to }).map(([name, list]) => [`routes.${index}.${name}`, list] as const),
      ),
      ...Object.entries(maintenance).flatMap(([window, { days, owners = [], severities = [] }]) =>
        Object.entries({ days, severities, owners }).map(([name, list]) => [`maintenance.${window}.${name}`, list] as const),
      ),
    ];
    return lists.flatMap(([path, list]) => repetitions(environment, `${field}.${path}`, list));
  },
};

const maintenance: Rule = {
  reads: [`${field}.maintenance`],
  check: (environment) =>
    Object.entries(alertingOf(environment).maintenance)
      .filter(([, { end, start }]) => end <= start)
      .map(([name, { end, start }]) =>
        problem(
          environment,
          `${field}.maintenance.${name}.end`,
          end,
          `after start, which is ${start}`,
          "write two, one for each day, when it goes on after midnight",
        ),
      ),
};

/** What may be thrown away at any time wakes nobody. */
const sleep: Rule = {
  reads: [`${field}.receivers`, "disposable"],
  check: (environment) =>
    environment.disposable
      ? receiversOf(environment, "pagerduty").map((name) =>
          problem(
            environment,
            `${field}.receivers.${name}.kind`,
            "pagerduty",
            "slack, email or heartbeat where disposable is true",
            "nobody is woken for what may be thrown away",
          ),
        )
      : [],
};

/** Production wakes somebody, and somebody notices when it cannot. */
const watch: Rule<AwsEnvironment> = {
  reads: [`${field}.receivers`, `${field}.routes`, "name", "monitoring"],
  check: (environment) => {
    if (environment.name !== "prod" || !environment.monitoring) return [];
    const { receivers, routes } = alertingOf(environment);
    const pagers = receiversOf(environment, "pagerduty");
    const pages = routes.some(
      ({ owners, severities, to }) => owners === undefined && severities.includes("critical") && to.some((name) => pagers.includes(name)),
    );
    const outside = receiversOf(environment, "heartbeat");
    return [
      ...(pages
        ? []
        : [
            problem(
              environment,
              `${field}.routes`,
              routes.map(({ to }) => to.join(" ")),
              "one of them of everybody's critical alerts to a pager in prod",
              "send them to a receiver of kind pagerduty",
            ),
          ]),
      ...(outside.length > 0
        ? []
        : [
            problem(
              environment,
              `${field}.receivers`,
              Object.keys(receivers),
              "one of them of kind heartbeat in prod",
              "add one: when alerts do not get through, somebody outside has to notice",
            ),
          ]),
    ];
  },
};

function receiversOf(environment: Environment, wanted: string): readonly string[] {
  return Object.entries(alertingOf(environment).receivers).flatMap(([name, { kind }]) => (kind === wanted ? [name] : []));
}

/** Who is told of what. Whether owners are known is held against the applications. */
export const alertingRules: readonly Rule[] = [known, used, once, maintenance, sleep];

export const awsAlertingRules: readonly Rule<AwsEnvironment>[] = [watch];
