import { deploymentsIn, externalSecretsIn, namespacesIn, routesIn } from "../../../operations/post-deploy/deployed-objects";
import type { TerraformJson } from "../../../operations/terraform-json";

const stack = (resource: TerraformJson["resource"]): TerraformJson => ({
  terraform: { backend: {}, required_providers: {} },
  ...(resource ? { resource } : {}),
});
const namespace = "${kubernetes_namespace_v1.Search.metadata[0].name}";

/** Pods behind a service, with a readiness probe. */
const workload = (path: string): NonNullable<TerraformJson["resource"]> => ({
  kubernetes_namespace_v1: { Search: { metadata: { name: "search" } } },
  kubernetes_service_v1: { Reader: { metadata: { name: "reader", namespace }, spec: { selector: { app: "reader" } } } },
  kubernetes_deployment_v1: {
    Other: {
      metadata: { name: "other", namespace },
      spec: { template: { metadata: { labels: { app: "other" } }, spec: { container: [] } } },
    },
    Reader: {
      metadata: { name: "reader", namespace },
      spec: {
        template: {
          metadata: { labels: { app: "reader", part: "x" } },
          spec: { container: [{ readiness_probe: { http_get: { path } } }] },
        },
      },
    },
  },
});
const httpRoute = (prefix: string, section = "https") => ({
  values: [
    "manifests:\n  - kind: HTTPRoute\n    metadata: { name: reader, namespace: search }\n    spec:\n" +
      `      parentRefs: [{ name: gateway, sectionName: ${section} }]\n      hostnames: [search.platform.test]\n` +
      `      rules: [{ matches: [{ path: { type: PathPrefix, value: "${prefix}" } }], backendRefs: [{ name: reader, port: 8081 }] }]\n` +
      "  - kind: HTTPRoute\n    metadata: { name: redirect, namespace: gateway }\n    spec: { parentRefs: [] }\n" +
      "  - kind: ExternalSecret\n    metadata: { name: database, namespace: search }\n",
  ],
});

describe("what is read from stacks", () => {
  it("is the namespaces that they make, and where deployments are", () => {
    const json = stack(workload("/ready"));
    expect(
      namespacesIn([json, stack({ kubernetes_namespace_v1: { A: { metadata: { name: "a" } }, B: { metadata: { name: "${x.y}" } } } })]),
    ).toEqual(["a", "search"]);
    expect(deploymentsIn([json], "reader")).toEqual(["search"]);
    expect(deploymentsIn([json], "elsewhere")).toEqual([]);
  });

  it("is the secrets that are copied", () => {
    expect(externalSecretsIn([stack({ helm_release: { Routes: httpRoute("/") } })])).toEqual(["search/database"]);
  });

  it("is each route of a gateway, by the readiness path of the pods behind it", () => {
    const routes = (prefix: string, path: string, section?: string) =>
      routesIn([stack({ ...workload(path), helm_release: { Routes: httpRoute(prefix, section) } })]);
    expect(routes("/", "/ready")).toEqual([{ host: "search.platform.test", path: "/ready", tls: true }]);
    expect(routes("/api", "/api/ready", "http")).toEqual([{ host: "search.platform.test", path: "/api/ready", tls: false }]);
    expect(routes("/api", "/apiary")).toEqual([{ host: "search.platform.test", path: "/api", tls: true }]); // the route does not lead there
    expect(routesIn([stack({ helm_release: { Routes: httpRoute("/") } })])).toEqual([
      { host: "search.platform.test", path: "/", tls: true },
    ]);
  });

  it("is each route of a load balancer, by the path of its target group's check", () => {
    const rule = (conditions: readonly object[]) => ({
      condition: conditions,
      action: [{ target_group_arn: "${aws_lb_target_group.Reader-80_1.arn}" }],
    });
    const groups = { "Reader-80_1": { health_check: { path: "/health" } } };
    const host = { host_header: { values: ["search.platform.test"] } };
    const routes = (conditions: readonly object[]) =>
      routesIn([stack({ aws_lb_listener_rule: { Rule: rule(conditions) }, aws_lb_target_group: groups })]);
    expect(routes([host])).toEqual([{ host: "search.platform.test", path: "/health", tls: true }]);
    expect(routes([host, { path_pattern: { values: ["/v1", "/v1/*"] } }])).toEqual([
      { host: "search.platform.test", path: "/v1", tls: true },
    ]);
  });
});
