import { hostLabelLimit, isBelow, pathProblems } from "../../constructs/ingress/route-problems";
import type { Problem } from "../../constructs/shared/errors";
import { serves, type Connection } from "../application";
import { connectionsTo, eachWorkload, problem, referenceOf, type DeclaredWorkload, type Rule } from "./declared";
import { portProblems } from "./port-rules";

type Route = Extract<Connection, { readonly to: "gateway" }>;

const single = eachWorkload([], (workload) =>
  connectionsTo(workload, "gateway").flatMap(({ at, value: { host, path, port } }) => {
    const told = (field: string, value: unknown, limit: string, fix: string) => [
      problem(workload.path, `${at}.${field}`, value, limit, fix),
    ];
    const { intent } = workload;
    if (!serves(intent)) return told("to", "gateway", "left out of a cron job", "remove it: nobody can talk to a cron job");
    const limit = host === undefined ? undefined : hostLabelLimit(host);
    return [
      ...(limit === undefined ? [] : told("host", host, limit, "name the label alone: the environment's domain comes behind it")),
      ...pathProblems(`${workload.path}.${at}`, "path", path),
      ...portProblems(workload, workload, `${at}.port`, port),
    ];
  }),
);

/** A load balancer asks pods by HTTP, and by the path of their readiness. */
const health = eachWorkload(["probes.readiness"], (workload) => {
  const { intent, path } = workload;
  if (!serves(intent) || connectionsTo(workload, "gateway").length === 0 || !intent.probes?.readiness) return [];
  const { readiness } = intent.probes;
  if (readiness.path !== undefined) return pathProblems(`${path}.probes.readiness`, "path", readiness.path);
  if (readiness.command === undefined) return [];
  const limit = "left out where the gateway talks to it";
  return [problem(path, "probes.readiness.command", readiness.command, limit, "give path and port: a load balancer asks by HTTP")];
});

/** What holds for all routes of an environment together: both kinds of ingress have to come to the same order. */
const together: Rule = ({ workloads }) => {
  const routes = workloads.flatMap((workload) =>
    connectionsTo(workload, "gateway").map(({ at, value }) => ({ workload, at, route: value })),
  );
  return routes.flatMap((one, index) => routes.slice(0, index).flatMap((other) => besideProblems(one, other)));
};

interface Placed {
  readonly workload: DeclaredWorkload;
  readonly at: string;
  readonly route: Route;
}

function besideProblems(
  { workload, at, route }: Placed,
  { workload: otherWorkload, at: otherAt, route: other }: Placed,
): readonly Problem[] {
  const called = `${referenceOf(otherWorkload)}, ${otherAt}`;
  const told = (field: string, value: unknown, limit: string, fix: string) => [problem(workload.path, `${at}.${field}`, value, limit, fix)];
  const [own, others] = [route.path ?? "/", other.path ?? "/"];
  const sameHost = route.host === other.host;
  const priority = (limit: string, fix: string) => told("priority", route.priority, limit, fix);
  return [
    ...(route.priority === other.priority ? priority(`different from that of ${called}`, "choose a free one") : []),
    ...(sameHost && own === others
      ? told("path", own, `different from that of ${called}, on the same host`, "lead both by one route")
      : []),
    ...(sameHost && isBelow(own, others) && route.priority > other.priority
      ? priority(`below ${other.priority}, that of ${called}, whose path ${others} would hide this one`, "swap them")
      : []),
    ...(sameHost && isBelow(others, own) && route.priority < other.priority
      ? priority(`above ${other.priority}, that of ${called}, whose path ${others} this one would hide`, "swap them")
      : []),
  ];
}

/** How requests come in. */
export const routeRules = [single, health, together];
