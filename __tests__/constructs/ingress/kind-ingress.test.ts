import { LocalCertificateAuthority } from "../../../constructs/certificates/local-certificate-authority";
import { KindIngress } from "../../../constructs/ingress/kind-ingress";
import type { RouteProps } from "../../../constructs/ingress/ingress";
import { KindNetwork } from "../../../constructs/network/kind-network";
import type { LocalEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { itHonoursIngress, routeFor } from "../../contracts/ingress";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { manifest, manifestsOf, pathsOf, release } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local } = environments;
const envoy: LocalEnvironment = { ...local, ingress: { ...local.ingress, gateway: "envoy" } };

itHonoursIngress("KindIngress", local, (parts, id) => ingressOf(local, parts, id));
itHonoursIngress("KindIngress", envoy, (parts, id) => ingressOf(envoy, parts, id));

describe("KindIngress", () => {
  const stack = stackOf(local);

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      ...Array<string>(2).fill("helm_release"), // cert-manager and the issuer
      "helm_release", // types of the Gateway API
      "helm_release", // what serves the gateway
      "helm_release", // the gateway
      ...Array<string>(2).fill("kubernetes_default_service_account_v1"), // of cert-manager and of the gateway
      ...Array<string>(2).fill("kubernetes_limit_range_v1"),
      ...Array<string>(2).fill("kubernetes_namespace_v1"),
      ...Array<string>(2 + 2).fill("kubernetes_network_policy_v1"), // two that deny everything, two paths of cert-manager
      ...Array<string>(3).fill("kubernetes_network_policy_v1"), // controller, proxies, job
      ...Array<string>(2).fill("kubernetes_resource_quota_v1"),
    ]);
  });

  it.each([
    ["nginx", local, "nginx-gateway-fabric", "nginx"],
    ["envoy", envoy, "gateway-helm", "envoy"],
  ])("has %s serve the gateway where the environment says so", (_, environment, chart, className) => {
    const chosen = stackOf(environment);
    const charts = chosen.all("helm_release", "Ingress").map((found) => found.chart);
    expect(charts.filter((name) => ["nginx-gateway-fabric", "gateway-helm"].includes(String(name)))).toEqual([chart]);
    expect(manifest(chosen, "Gateway").spec.gatewayClassName).toBe(className);
  });

  it("listens on both ports for routes of all namespaces, with the certificate for the domain and the names right below it", () => {
    const allowedRoutes = { namespaces: { from: "All" } };
    const tls = { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: "gateway" }] };
    expect(manifest(stack, "Gateway")).toMatchObject({
      metadata: { name: "gateway", namespace: "gateway" },
      spec: {
        listeners: [
          { name: "http", port: 80, protocol: "HTTP", allowedRoutes },
          { name: "https", port: 443, protocol: "HTTPS", tls, allowedRoutes },
        ],
      },
    });
    expect(manifest(stack, "Certificate", "gateway")).toMatchObject({
      metadata: { namespace: "gateway" },
      spec: {
        secretName: "gateway",
        dnsNames: ["ml-platform.localhost", "*.ml-platform.localhost"],
        issuerRef: { name: "local-ca", kind: "ClusterIssuer", group: "cert-manager.io" },
      },
    });
  });

  it("leads plain HTTP to the laptop's port for HTTPS, where no route serves it", () => {
    expect(manifest(stack, "HTTPRoute", "https-redirect").spec).toEqual({
      parentRefs: [{ name: "gateway", namespace: "gateway", sectionName: "http" }],
      rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", port: 8443, statusCode: 302 } }] }],
    });
  });

  it("comes after what serves it and its issuer, and that after the types", () => {
    expect(release(stack, "gateway").depends_on).toEqual([
      stack.address("helm_release", "Ingress_Nginx"),
      stack.address("helm_release", "IngressIssuer_Issuers"),
    ]);
    expect(release(stack, "nginx-gateway-fabric").depends_on).toContain(stack.address("helm_release", "Ingress_Types"));
  });

  it("has URLs on the laptop's ports", () => {
    platformStackOf(local, (parts) => {
      expect(ingressOf(local, parts, "Ingress").urlOf("api.ml-platform.localhost")).toBe("https://api.ml-platform.localhost:8443");
      expect(ingressOf(local, parts, "Plain", false).urlOf("api.ml-platform.localhost")).toBe("http://api.ml-platform.localhost:8080");
    });
  });

  it.each([
    ["nginx", local, "gateway-nginx.gateway", { http: 80, https: 443 }, { "gateway.networking.k8s.io/gateway-name": "gateway" }],
    [
      "envoy",
      envoy,
      "gateway-proxies.gateway",
      { http: 10_080, https: 10_443 },
      { "gateway.envoyproxy.io/owning-gateway-name": "gateway" },
    ],
  ] as const)(
    "has pods ask the proxies of %s for any host, with the certificate of the laptop's issuer",
    (_, environment, host, ports, labels) => {
      platformStackOf(environment, (parts) => {
        const insideOf = (id: string, tls?: boolean) => ingressOf(environment, parts, id, tls).inside;
        const [secure, plain] = [insideOf("Ingress"), insideOf("Plain", false)];
        expect(secure).toMatchObject({ to: { namespace: "gateway", labels }, ports: [{ port: ports.https }] });
        expect(secure.urlOf("api.ml-platform.localhost")).toBe(`https://${host}`);
        expect(secure.issuer?.issuerName).toBe("local-ca");
        expect(plain).toMatchObject({ to: { namespace: "gateway", labels }, ports: [{ port: ports.http }] });
        expect(plain.urlOf("api.ml-platform.localhost")).toBe(`http://${host}`);
        expect(plain.issuer).toBeUndefined();
      });
    },
  );

  it("leads a host and a path to services by their weights", () => {
    const weighed: Partial<RouteProps> = {
      path: "/v1",
      backends: [
        { service: "api", port: 80, podLabels: { app: "api" }, podPort: 8080, weight: 90 },
        { service: "next", port: 80, podLabels: { app: "next" }, podPort: 8080, weight: 10 },
      ],
    };
    const routed = stackOf(local, weighed);
    expect(manifest(routed, "HTTPRoute", "api")).toMatchObject({
      metadata: { name: "api", namespace: "shop" },
      spec: {
        parentRefs: [{ name: "gateway", namespace: "gateway", sectionName: "https" }],
        hostnames: ["api.ml-platform.localhost"],
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: "/v1" } }],
            backendRefs: [
              { name: "api", port: 80, weight: 90 },
              { name: "next", port: 80, weight: 10 },
            ],
          },
        ],
      },
    });
  });

  it.each([
    ["nginx", local, { "gateway.networking.k8s.io/gateway-name": "gateway" }],
    ["envoy", envoy, { "gateway.envoyproxy.io/owning-gateway-name": "gateway" }],
  ])("opens the way from the proxies of %s to the pods, at both ends", (_, environment, labels) => {
    const proxies = {
      namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "gateway" } },
      pod_selector: { match_labels: labels },
    };
    const pods = {
      namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "shop" } },
      pod_selector: { match_labels: { app: "api" } },
    };
    const ports = [{ port: "8080", protocol: "TCP" }];
    const paths = pathsOf(stackOf(environment, {}));
    expect(paths["shop-api-gateway"]).toMatchObject({ pod_selector: { match_labels: labels }, egress: [{ to: [pods], ports }] });
    expect(paths["shop-api-api"]).toMatchObject({ pod_selector: { match_labels: { app: "api" } }, ingress: [{ from: [proxies], ports }] });
  });

  it.each([
    ["nginx", local, "ProxySettingsPolicy"],
    ["envoy", envoy, "BackendTrafficPolicy"],
  ])("gives a route a timeout of its own with %s, beside that of the gateway", (_, environment, kind) => {
    const policies = manifestsOf(stackOf(environment, { timeoutSeconds: 5 })).filter((found) => found.kind === kind);
    expect(policies.map(({ metadata, spec }) => [metadata.namespace, (spec.targetRefs as readonly object[])[0]])).toEqual([
      ["gateway", expect.objectContaining({ kind: "Gateway", name: "gateway" })],
      ["shop", expect.objectContaining({ kind: "HTTPRoute", name: "api" })],
    ]);
    expect(policies.map(({ spec }) => JSON.stringify(spec.timeout))).toEqual([
      expect.stringContaining("60s"),
      expect.stringContaining("5s"),
    ]);
    expect(manifestsOf(stackOf(environment, {})).filter((found) => found.kind === kind)).toHaveLength(1);
  });

  it("serves a route without TLS by plain HTTP", () => {
    const { spec } = manifest(stackOf(local, { tls: false }), "HTTPRoute", "api");
    expect(spec.parentRefs).toEqual([{ name: "gateway", namespace: "gateway", sectionName: "http" }]);
  });

  it("listens for plain HTTP alone where nobody signs certificates", () => {
    const plain = platformStackOf(local, (parts) => ingressOf(local, parts, "Ingress", false));
    expect(manifestsOf(plain).map(({ kind }) => kind)).not.toContain("Certificate");
    expect(manifestsOf(plain).map(({ kind }) => kind)).not.toContain("HTTPRoute");
    expect((manifest(plain, "Gateway").spec.listeners as readonly object[]).map((listener) => "port" in listener && listener.port)).toEqual(
      [80],
    );
  });

  it("fails when a route needs a certificate, and nobody signs one", () => {
    platformStackOf(local, (parts) => {
      const ingress = ingressOf(local, parts, "Ingress", false);
      expect(() => ingress.route(parts.stack, "Route", routeFor(parts))).toThrow(
        "local-platform/Route: tls is true, must be false where the ingress has no certificate; give the ingress an issuer",
      );
    });
  });

  it("fails when a route wants plain HTTP where the environment allows none", () => {
    const secure = { ...local, development: { ...local.development, allowInsecure: false } };
    platformStackOf(secure, (parts) => {
      const ingress = ingressOf(secure, parts, "Ingress");
      expect(() => ingress.route(parts.stack, "Route", routeFor(parts, { tls: false }))).toThrow(
        "local-platform/Route: tls is false, must be true: this ingress serves nothing by plain HTTP; leave it out",
      );
    });
  });
});

function ingressOf(environment: LocalEnvironment, parts: PlatformParts, id: string, signed = true): KindIngress {
  const { setting, stack } = parts;
  const network = new KindNetwork(stack, `${id}Network`, environment);
  const issuer = signed ? new LocalCertificateAuthority(stack, `${id}Issuer`, { setting }) : undefined;
  return new KindIngress(stack, id, { ...parts, environment, network, issuer });
}

function stackOf(environment: LocalEnvironment, route?: Partial<RouteProps>): SynthesizedStack {
  return platformStackOf(environment, (parts) => {
    const ingress = ingressOf(environment, parts, "Ingress");
    if (route) ingress.route(parts.stack, "Route", routeFor(parts, route));
  });
}
