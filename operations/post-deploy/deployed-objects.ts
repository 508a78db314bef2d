import { parse } from "yaml";
import type { Arguments, TerraformJson } from "../terraform-json";

/** A host and a path that requests come in by. */
export interface DeployedRoute {
  readonly host: string;
  /** A path that is answered: that of the readiness probe behind the route where it has one, else the route's own. */
  readonly path: string;
  readonly tls: boolean;
}

/** Names of the namespaces that stacks make. */
export function namespacesIn(stacks: readonly TerraformJson[]): readonly string[] {
  const names = stacks.flatMap((json) =>
    resourcesOf(json, "kubernetes_namespace_v1").map((namespace) => at(namespace, "metadata", "name")),
  );
  return [...new Set(names.filter(isLiteral))].sort();
}

/** Namespaces of deployments with a name. */
export function deploymentsIn(stacks: readonly TerraformJson[], name: string): readonly string[] {
  return stacks.flatMap((json) =>
    resourcesOf(json, "kubernetes_deployment_v1")
      .filter((deployment) => at(deployment, "metadata", "name") === name)
      .map((deployment) => namespaceOf(json, at(deployment, "metadata", "namespace")))
      .filter(isLiteral),
  );
}

/** The copies of secrets that stacks make, as `<namespace>/<name>`. */
export function externalSecretsIn(stacks: readonly TerraformJson[]): readonly string[] {
  return stacks.flatMap((json) =>
    manifestsIn(json, "ExternalSecret").map((secret) => `${at(secret, "metadata", "namespace")}/${at(secret, "metadata", "name")}`),
  );
}

/** The routes that stacks make: HTTPRoutes, and rules of load balancers. */
export function routesIn(stacks: readonly TerraformJson[]): readonly DeployedRoute[] {
  return stacks.flatMap((json) => [...gatewayRoutes(json), ...loadBalancerRoutes(json)]);
}

function gatewayRoutes(json: TerraformJson): readonly DeployedRoute[] {
  return manifestsIn(json, "HTTPRoute").flatMap((route) => {
    const tls = at(list(at(route, "spec", "parentRefs"))[0], "sectionName") !== "http";
    const [rule] = list(at(route, "spec", "rules"));
    const prefix = at(list(at(rule, "matches"))[0], "path", "value");
    const service = at(list(at(rule, "backendRefs"))[0], "name");
    const path = pathOf(typeof prefix === "string" ? prefix : "/", probePath(json, at(route, "metadata", "namespace"), service));
    return list(at(route, "spec", "hostnames"))
      .filter(isLiteral)
      .map((host) => ({ host, path, tls }));
  });
}

/** Custom resources of a kind, in releases of our own chart. */
function manifestsIn(json: TerraformJson, kind: string): readonly unknown[] {
  return resourcesOf(json, "helm_release")
    .flatMap(({ values }) => list(values).flatMap((text) => list(at(parse(String(text)), "manifests"))))
    .filter((manifest) => at(manifest, "kind") === kind);
}

function loadBalancerRoutes(json: TerraformJson): readonly DeployedRoute[] {
  return resourcesOf(json, "aws_lb_listener_rule").flatMap((rule) => {
    const conditions = list(rule.condition);
    const valuesOf = (kind: string) => conditions.flatMap((condition) => list(at(first(at(condition, kind)), "values")));
    const [prefix = "/"] = valuesOf("path_pattern").filter(isLiteral);
    const [, group = ""] = /aws_lb_target_group\.([\w-]+)\./.exec(JSON.stringify(rule.action ?? "")) ?? [];
    const healthPath = at(first(json.resource?.aws_lb_target_group?.[group]?.health_check), "path");
    const path = pathOf(prefix, healthPath);
    return valuesOf("host_header")
      .filter(isLiteral)
      .map((host) => ({ host, path, tls: true }));
  });
}

/** Path of the readiness probe of the pods behind a service of the same stack; undefined where there is none over HTTP. */
function probePath(json: TerraformJson, namespace: unknown, service: unknown): unknown {
  const inNamespace = (resource: unknown) => namespaceOf(json, at(resource, "metadata", "namespace")) === namespace;
  const found = resourcesOf(json, "kubernetes_service_v1").find((one) => at(one, "metadata", "name") === service && inNamespace(one));
  const selector = Object.entries((at(found, "spec", "selector") ?? {}) as Arguments);
  if (selector.length === 0) return undefined;
  const workloads = ["kubernetes_deployment_v1", "kubernetes_stateful_set_v1"]
    .flatMap((type) => resourcesOf(json, type))
    .filter(inNamespace);
  const template = workloads
    .map((workload) => at(workload, "spec", "template"))
    .find((one) => selector.every(([label, value]) => at(one, "metadata", "labels", label) === value));
  const paths = list(at(template, "spec", "container")).map((container) => at(first(at(container, "readiness_probe")), "http_get", "path"));
  return paths.find(isLiteral);
}

/** The name of a namespace, which a resource of the same stack names by a reference. */
function namespaceOf(json: TerraformJson, value: unknown): unknown {
  const [, name] = /kubernetes_namespace_v1\.([\w-]+)\./.exec(String(value)) ?? [];
  return name === undefined ? value : at(json.resource?.kubernetes_namespace_v1?.[name], "metadata", "name");
}

/** A probe's path, where the route lets it through. */
function pathOf(prefix: string, probe: unknown): string {
  const inside = prefix === "/" ? "/" : `${prefix.replace(/\/$/, "")}/`;
  return isLiteral(probe) && (probe === prefix || probe.startsWith(inside)) ? probe : prefix;
}

function resourcesOf({ resource = {} }: TerraformJson, type: string): readonly Arguments[] {
  return Object.values(resource[type] ?? {});
}

/** What is below keys; undefined where one is missing. */
function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((tree, key) => (typeof tree === "object" && tree !== null ? (tree as Arguments)[key] : undefined), value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A block, which Terraform's JSON may have in a list. */
function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** A text that is known before anything is deployed. */
function isLiteral(value: unknown): value is string {
  return typeof value === "string" && !value.includes("${") && !value.includes("*");
}
