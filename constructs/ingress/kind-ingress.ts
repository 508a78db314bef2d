import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { LocalEnvironment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import { Manifests, type CustomResource } from "../addons/manifests";
import type { Certificate } from "../certificates/certificate";
import type { ICertificateIssuer } from "../certificates/certificate-issuer";
import { nodePorts } from "../cluster/node-ports";
import { SignalRules } from "../monitoring/signal-rules";
import { GuardedNamespace } from "../namespaces/guarded-namespace";
import { assertNever, refuse } from "../shared/errors";
import { EnvoyGateway } from "./envoy-gateway";
import type { Gateway, GatewayListener } from "./gateway";
import { GatewayApiCrds } from "./gateway-api-crds";
import { GatewayRoute } from "./gateway-route";
import type { GatewayServer, GatewayServerProps } from "./gateway-server";
import type { HttpRoute } from "./http-route";
import type { IIngress, IngressInside, IngressProps, RouteProps } from "./ingress";
import { NginxGateway } from "./nginx-gateway";
import { routeProblems } from "./route-problems";

export interface KindIngressProps extends IngressProps {
  readonly environment: LocalEnvironment;
}

/** Name of the gateway, of its namespace and of its certificate's secret. */
const gateway = "gateway";

/** The ports of the laptop lead to these of the gateway. */
const ports = { http: 80, https: 443 } as const;

/** A gateway in the Kind cluster, on ports of the laptop. Its certificate is for the environment's domain and every name right below it. */
export class KindIngress extends Construct implements IIngress, Installed {
  readonly domain: string;
  readonly namespaceLabels = {};
  readonly inside: IngressInside;
  readonly installed: readonly ITerraformDependable[];
  private readonly environment: LocalEnvironment;
  private readonly server: GatewayServer;
  private readonly protocols: readonly ("http" | "https")[];
  private readonly routes: RouteProps[] = [];

  constructor(scope: Construct, id: string, { setting, environment, issuer }: KindIngressProps) {
    super(scope, id);
    const { development, domain } = environment;
    this.domain = domain;
    this.environment = environment;
    this.protocols = [...(development.allowInsecure ? (["http"] as const) : []), ...(issuer ? (["https"] as const) : [])];
    const namespace = new GuardedNamespace(this, "Namespace", { environment, name: gateway });
    const types = new GatewayApiCrds(this, "Types", { namespace });
    const nodes = (["http", "https"] as const).map((name) => ({ port: ports[name], nodePort: nodePorts[name] }));
    this.server = gatewayServer(this, environment, { setting, namespace, gateway, ports: nodes, requires: [types] });
    const objects = new Manifests(this, "Gateway", {
      release: gateway,
      namespace,
      requires: [this.server, ...(issuer ? [issuer] : [])],
      resources: [
        ...(issuer ? this.tls(issuer) : []),
        this.listeners(issuer),
        ...this.server.companions(environment.ingress.timeoutSeconds),
      ],
    });
    this.installed = objects.installed;
    const { proxies, proxyHost } = this.server;
    const protocol = issuer ? "https" : "http";
    const port = this.server.proxyPort(ports[protocol]);
    this.inside = { to: proxies, ports: [{ port }], urlOf: () => `${protocol}://${proxyHost}`, ...(issuer ? { issuer } : {}) };
  }

  urlOf(host: string): string {
    const { hostPorts } = this.environment.kind;
    return this.protocols.includes("https") ? `https://${host}:${hostPorts.https}` : `http://${host}:${hostPorts.http}`;
  }

  route(scope: Construct, id: string, route: RouteProps): void {
    const { domain, environment, protocols, routes, server } = this;
    const { timeoutSeconds } = environment.ingress;
    refuse(routeProblems(`${scope.node.path}/${id}`, route, { domain, protocols, timeoutSeconds, timeoutByRoute: true, routes }));
    routes.push(route);
    new GatewayRoute(scope, id, { route, server, gateway: { namespace: gateway, name: gateway }, requires: [this] });
  }

  watch(scope: Construct, id: string): void {
    const { environment, server } = this;
    new SignalRules(scope, id, {
      ...{ environment, namespace: gateway, subject: "gateway", name: gateway },
      expressions: server.signals,
      requires: [],
    });
  }

  private listeners(issuer: ICertificateIssuer | undefined): Gateway {
    // Who may write routes is a matter of RBAC; which hosts they may have is checked where they are made.
    const allowedRoutes = { namespaces: { from: "All" } } as const;
    const http: GatewayListener = { name: "http", port: ports.http, protocol: "HTTP", allowedRoutes };
    const tls = { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: gateway }] } as const;
    const https: GatewayListener = { name: "https", port: ports.https, protocol: "HTTPS", tls, allowedRoutes };
    return {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { name: gateway, namespace: gateway },
      spec: { gatewayClassName: this.server.className, listeners: issuer ? [http, https] : [http] },
    };
  }

  /** The certificate, and the redirect for hosts that no route serves by plain HTTP. */
  private tls({ issuerName }: ICertificateIssuer): readonly CustomResource[] {
    const certificate: Certificate = {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: gateway, namespace: gateway },
      spec: {
        secretName: gateway,
        dnsNames: [this.domain, `*.${this.domain}`],
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
        issuerRef: { name: issuerName, kind: "ClusterIssuer", group: "cert-manager.io" },
      },
    };
    // 302: browsers would remember a 301, and ports of a laptop change.
    const requestRedirect = { scheme: "https", port: this.environment.kind.hostPorts.https, statusCode: 302 } as const;
    const redirect: HttpRoute = {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name: "https-redirect", namespace: gateway },
      spec: {
        parentRefs: [{ name: gateway, namespace: gateway, sectionName: "http" }],
        rules: [{ filters: [{ type: "RequestRedirect", requestRedirect }] }],
      },
    };
    return [certificate, redirect];
  }
}

/** What serves the gateway, by the environment's choice. */
function gatewayServer(scope: Construct, { ingress }: LocalEnvironment, props: GatewayServerProps): GatewayServer {
  switch (ingress.gateway) {
    case "nginx":
      return new NginxGateway(scope, "Nginx", props);
    case "envoy":
      return new EnvoyGateway(scope, "Envoy", props);
    default:
      return assertNever(ingress.gateway);
  }
}
