import type { Construct, IConstruct } from "constructs";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";

/** The way in: a gateway on the laptop, a load balancer in the cloud. In the shape of the Gateway API. */
export interface IIngress extends IConstruct {
  /** Domain below which routes have their hosts. */
  readonly domain: string;
  /** URL under which a host is reached, the laptop's port included. */
  urlOf(host: string): string;
  /**
   * Leads requests to services, in the caller's stack.
   * @throws ConfigurationError when a host is outside of the domain, a path or a weight is none, or the target cannot do what is asked
   */
  route(scope: Construct, id: string, route: RouteProps): void;
}

export interface IngressProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
}

export interface RouteProps {
  readonly setting: PlatformSetting;
  /** Name of the route, unique in its namespace. */
  readonly name: string;
  readonly namespace: string;
  /** Full host name, the environment's domain or below it. */
  readonly host: string;
  /** Beginning of the paths that are meant. @default / */
  readonly path?: string;
  /** Whether plain HTTP is led to HTTPS. Without it a host is served on both where the target can. @default true */
  readonly tls?: boolean;
  /** Longest time for a request, in seconds. @default the environment's `ingress.timeoutSeconds` */
  readonly timeoutSeconds?: number;
  /** Where requests go; with several, in proportion to their weights. */
  readonly backends: readonly Backend[];
  /** Routes with a longer path win; among equals the lower number does. 1 to 50000, unique in the environment. */
  readonly priority: number;
}

/** A service that requests go to. */
export interface Backend {
  readonly service: string;
  readonly port: number;
  /** Path that says whether a pod can take requests. @default / */
  readonly healthPath?: string;
  /** Share of the requests, 0 to 999. @default 1 */
  readonly weight?: number;
}
