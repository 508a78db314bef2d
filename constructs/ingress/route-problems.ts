import type { Problem } from "../shared/errors";
import { nameProblems } from "../shared/kubernetes-names";
import type { Backend, RouteProps } from "./ingress";

/** What an ingress takes as a route. */
export interface RouteLimits {
  readonly domain: string;
  /** What it serves routes by: without a certificate there is no `https`. */
  readonly protocols: readonly ("http" | "https")[];
  /** Its timeout, which a route may at most shorten. */
  readonly timeoutSeconds: number;
  /** Whether a route may have a timeout of its own. */
  readonly timeoutByRoute: boolean;
  /** Routes that it has already. */
  readonly routes: readonly RouteProps[];
}

/** Listener rules of a load balancer take 1 to 50000, and weights of 0 to 999 for at most 5 target groups (elbv2 CreateRule). */
const priorities = { min: 1, max: 50_000 };
const weights = { min: 0, max: 999 };
const mostBackends = 5;

/** The load balancer's security group lets it reach pods, and nothing that a node itself listens on below them. */
const podPorts = { min: 1024, max: 65_535 };

/** A load balancer's conditions have 128 characters, two of which say that more may follow (elbv2 CreateRule, PathPatternConfig). */
const longestPath = 126;

/** Whole segments. Gateways refuse dots alone, and load balancers would take * and ? for any characters. */
const pathShape = /^(\/|(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~-]+)+)$/;

const hostLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What the label in front of a domain has to be that is none; undefined for one that is. */
export function hostLabelLimit(label: string): string | undefined {
  return hostLabel.test(label) ? undefined : "a label of 1 to 63 lower-case letters, digits and inner hyphens";
}

/** Everything that is wrong with a route, for the target whose ingress it is; what holds for one holds for both, where both can. */
export function routeProblems(path: string, route: RouteProps, limits: RouteLimits): readonly Problem[] {
  const told = (field: string, value: unknown, limit: string, fix: string): Problem => ({ path, field, value, limit, fix });
  return [
    ...nameProblems(path, "name", route.name, "route"),
    ...nameProblems(path, "namespace", route.namespace, "namespace"),
    ...(isHostOf(limits.domain, route.host)
      ? []
      : [
          told(
            "host",
            route.host,
            `${limits.domain} or one label more, which is what the certificate covers`,
            `end it with .${limits.domain}`,
          ),
        ]),
    ...pathProblems(path, "path", route.path),
    ...protocolProblems(path, route, limits),
    ...timeoutProblems(path, route, limits),
    ...wholeProblems(path, "priority", route.priority, priorities),
    ...backendsProblems(path, route.backends),
    ...limits.routes.flatMap((other) => besideProblems(path, route, other)),
  ];
}

function isHostOf(domain: string, host: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && hostLabelLimit(host.slice(0, -domain.length - 1)) === undefined);
}

/** What is wrong with the path of a route or of a check; nothing when there is none. */
export function pathProblems(path: string, field: string, value = "/"): readonly Problem[] {
  if (value.length <= longestPath && pathShape.test(value)) return [];
  const limit = `a path of at most ${longestPath} characters that begins with /, with letters, digits and . _ ~ - in its segments`;
  return [{ path, field, value, limit, fix: "write it as /api/v1, without a slash at its end" }];
}

function protocolProblems(path: string, { tls = true }: RouteProps, { protocols }: RouteLimits): readonly Problem[] {
  if (protocols.includes(tls ? "https" : "http")) return [];
  return tls
    ? [{ path, field: "tls", value: tls, limit: "false where the ingress has no certificate", fix: "give the ingress an issuer" }]
    : [{ path, field: "tls", value: tls, limit: "true: this ingress serves nothing by plain HTTP", fix: "leave it out" }];
}

function timeoutProblems(path: string, { timeoutSeconds }: RouteProps, limits: RouteLimits): readonly Problem[] {
  if (timeoutSeconds === undefined || timeoutSeconds === limits.timeoutSeconds) return [];
  if (!limits.timeoutByRoute) {
    const limit = `${limits.timeoutSeconds}, which this ingress has for all routes`;
    return [{ path, field: "timeoutSeconds", value: timeoutSeconds, limit, fix: "leave it out, or change ingress.timeoutSeconds" }];
  }
  const fix = "shorten it, or raise ingress.timeoutSeconds";
  return wholeProblems(path, "timeoutSeconds", timeoutSeconds, { min: 1, max: limits.timeoutSeconds }, fix);
}

function backendsProblems(path: string, backends: readonly Backend[]): readonly Problem[] {
  const sum = backends.reduce((total, { weight = 1 }) => total + weight, 0);
  const count = backends.length;
  return [
    ...(count >= 1 && count <= mostBackends
      ? []
      : [{ path, field: "backends", value: count, limit: `1 to ${mostBackends} services`, fix: "name where requests go" }]),
    ...(count > 0 && sum === 0
      ? [{ path, field: "backends", value: backends.map(({ weight }) => weight), limit: "weights with a sum above 0", fix: "raise one" }]
      : []),
    ...backends.flatMap((backend, index) => backendProblems(`${path}.backends.${index}`, backend)),
  ];
}

function backendProblems(path: string, { service, port, podLabels, podPort, healthPath, weight }: Backend): readonly Problem[] {
  const ports = { min: 1, max: 65_535 };
  return [
    ...nameProblems(path, "service", service, "service"),
    ...wholeProblems(path, "port", port, ports),
    ...wholeProblems(path, "podPort", podPort ?? port, podPorts, "have the pods listen there, and name it"),
    ...(Object.keys(podLabels).length > 0
      ? []
      : [{ path, field: "podLabels", value: podLabels, limit: "at least one label", fix: "repeat the service's selector" }]),
    ...Object.entries(podLabels).flatMap(([key, label]) => nameProblems(path, `label ${key}`, label, "label")),
    ...pathProblems(path, "healthPath", healthPath),
    ...(weight === undefined ? [] : wholeProblems(path, "weight", weight, weights)),
  ];
}

/** What is wrong beside another route. Both kinds of ingress have to come to the same order. */
function besideProblems(path: string, route: RouteProps, other: RouteProps): readonly Problem[] {
  const called = `${other.namespace}/${other.name}`;
  const told = (field: keyof RouteProps, limit: string, fix: string): Problem => ({ path, field, value: route[field], limit, fix });
  const [own, others] = [route.path ?? "/", other.path ?? "/"];
  const sameHost = route.host === other.host && (route.tls ?? true) === (other.tls ?? true);
  return [
    ...(`${route.namespace}/${route.name}` === called ? [told("name", `another one than that of ${called}`, "rename it")] : []),
    ...(route.priority === other.priority ? [told("priority", `another one than that of ${called}`, "choose a free one")] : []),
    ...(sameHost && own === others ? [told("path", `another one than that of ${called} on the same host`, "lead both by one route")] : []),
    ...(sameHost && isBelow(own, others) && route.priority > other.priority
      ? [told("priority", `below ${other.priority}, that of ${called}, whose path ${others} would hide this one`, "swap them")]
      : []),
    ...(sameHost && isBelow(others, own) && route.priority < other.priority
      ? [told("priority", `above ${other.priority}, that of ${called}, whose path ${others} this one would hide`, "swap them")]
      : []),
  ];
}

/** Whether a path has another one as its beginning, in whole segments. */
export function isBelow(path: string, above: string): boolean {
  return path !== above && path.startsWith(above === "/" ? "/" : `${above}/`);
}

function wholeProblems(
  path: string,
  field: string,
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
  fix = "choose one in between",
): readonly Problem[] {
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  return [{ path, field, value, limit: `a whole number from ${min} to ${max}`, fix }];
}
