import { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import { NetworkPolicies } from "../connections/network-policies";
import type { GatewayServer, ObjectName } from "./gateway-server";
import type { HttpRoute } from "./http-route";
import type { RouteProps } from "./ingress";

export interface GatewayRouteProps {
  readonly route: RouteProps;
  /** The gateway that it is a route of. */
  readonly gateway: ObjectName;
  readonly server: GatewayServer;
  /** What has to be there before, as far as it is of the same stack. */
  readonly requires: readonly Installed[];
}

/** What leads requests of one route to its pods: an HTTPRoute, and the way through the network policies. */
export class GatewayRoute extends Construct {
  /** Escape hatch. */
  readonly manifests: Manifests;

  constructor(scope: Construct, id: string, { route, gateway, server, requires }: GatewayRouteProps) {
    super(scope, id);
    const { name, namespace, timeoutSeconds } = route;
    const policies = new NetworkPolicies(this, "Paths", {
      owner: `${namespace}-${name}`, // in the gateway's namespace those of all routes meet
      places: route.setting.places,
      paths: route.backends.map(({ podLabels, podPort, port }) => ({
        from: server.proxies,
        to: { namespace, labels: podLabels },
        ports: [{ port: podPort ?? port }],
      })),
    });
    this.manifests = new Manifests(this, "Route", {
      release: `${name}-route`,
      namespace,
      resources: [
        httpRoute(route, gateway),
        ...(timeoutSeconds === undefined ? [] : [server.timeoutOf({ namespace, name }, timeoutSeconds)]),
      ],
      requires: [...requires, ...(route.requires ?? []), { installed: policies.resources }],
    });
  }
}

function httpRoute({ name, namespace, host, path = "/", tls = true, backends }: RouteProps, gateway: ObjectName): HttpRoute {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name, namespace },
    spec: {
      parentRefs: [{ ...gateway, sectionName: tls ? "https" : "http" }],
      hostnames: [host],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: path } }],
          backendRefs: backends.map(({ service, port, weight = 1 }) => ({ name: service, port, weight })),
        },
      ],
    },
  };
}
