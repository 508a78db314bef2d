import type { Construct, IConstruct } from "constructs";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICertificateIssuer } from "../certificates/certificate-issuer";
import type { ICluster } from "../cluster/cluster";
import type { End, Port } from "../connections/path";
import type { INetwork } from "../network/network";

/** The way in: a gateway on the laptop, a load balancer in the cloud. In the shape of the Gateway API. */
export interface IIngress extends IConstruct {
  /** Domain that routes have their hosts in. */
  readonly domain: string;
  /** Labels of the namespaces that services of routes are in. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
  /** How pods ask for what people outside get. */
  readonly inside: IngressInside;
  /** URL under which a host is reached, the laptop's port included. */
  urlOf(host: string): string;
  /**
   * Leads requests to services, in the caller's stack. Whatever runs there has to be open for the ingress, and is, from here on.
   * @throws ConfigurationError with everything that is wrong with the route, or that this ingress cannot do
   */
  route(scope: Construct, id: string, route: RouteProps): void;
  /** Records its signals, and alerts on them, in the caller's stack: it is there before Prometheus' types are. */
  watch(scope: Construct, id: string): void;
}

/** The way to the hosts of routes from inside the cluster: by the same listener, and with the same certificate, as from outside. */
export interface IngressInside {
  /** Who answers. */
  readonly to: End;
  readonly ports: readonly Port[];
  /** Who signed the certificate. @default an authority that everybody knows */
  readonly issuer?: ICertificateIssuer;
  /** Beginning of the URL, without a slash at its end. It may have another name than the host: who asks names that in the request and for TLS. */
  urlOf(host: string): string;
}

export interface IngressProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  /** Network that the cluster is in. */
  readonly network: INetwork;
  /** Who signs the certificate of a gateway in the cluster; a load balancer has one of its cloud's. @default none: plain HTTP, and no route with `tls` */
  readonly issuer?: ICertificateIssuer;
}

export interface RouteProps {
  readonly setting: PlatformSetting;
  /** Name of the route, unique in its namespace. */
  readonly name: string;
  /** Namespace of the route, its services and their pods. */
  readonly namespace: string;
  /** Full host name: the environment's domain, or one label more. The certificate covers no other. */
  readonly host: string;
  /** Beginning of the paths that are meant, in whole segments: `/api` means `/api` and `/api/...`, not `/apis`. @default / */
  readonly path?: string;
  /** Whether it is served by HTTPS, and plain HTTP only redirects there; otherwise by plain HTTP alone. @default true */
  readonly tls?: boolean;
  /** Longest silence of a service that is waited for, in seconds. @default the environment's `ingress.timeoutSeconds`, which is also the most */
  readonly timeoutSeconds?: number;
  /** Where requests go; with several, in proportion to their weights. */
  readonly backends: readonly Backend[];
  /**
   * Order among the routes, unique in the environment, 1 to 50000. Of two routes of one host the one with the longer path needs the
   * lower number: load balancers go by the number, gateways by the path.
   */
  readonly priority: number;
  /** What has to be there before, in the caller's stack: its namespace, for one. @default nothing */
  readonly requires?: readonly Installed[];
}

/** A service that requests go to. They go straight to its pods. */
export interface Backend {
  readonly service: string;
  /** Port of the service. */
  readonly port: number;
  /** Labels of the pods behind the service: those are opened for the ingress. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Port that the pods listen on, 1024 or more. @default the service's */
  readonly podPort?: number;
  /** Path that a load balancer asks whether a pod can take requests; a gateway goes by the pod's readiness. @default / */
  readonly healthPath?: string;
  /** Share of the requests, 0 to 999. @default 1 */
  readonly weight?: number;
}
