import type { CustomResource } from "../addons/manifests";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { Pods } from "../connections/path";
import type { SignalExpressions } from "../monitoring/signals";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";

/** Label `job` of the proxies' series, whatever serves the Gateway. */
export const proxyJob = "gateway-proxies";

/** What serves a Gateway: controller and proxies. */
export interface GatewayServer extends Installed {
  /** GatewayClass of the gateways that it serves. */
  readonly className: string;
  /** The proxies: they talk to services. */
  readonly proxies: Pods;
  /** Service in front of the proxies, as other pods reach it. */
  readonly proxyHost: string;
  /** Port of the proxies behind one of the gateway. */
  proxyPort(port: number): number;
  /** How the proxies are measured. */
  readonly signals: SignalExpressions<"gateway">;
  /** Objects that a gateway of it comes with, so that it treats requests as a load balancer does. */
  companions(timeoutSeconds: number): readonly CustomResource[];
  /** A timeout of a route's own. */
  timeoutOf(route: ObjectName, timeoutSeconds: number): CustomResource;
}

export interface GatewayServerProps {
  readonly setting: PlatformSetting;
  /** Where it runs, proxies included. */
  readonly namespace: GuardedNamespace;
  /** Name of the one Gateway that it serves, in that namespace. */
  readonly gateway: string;
  /** Ports that the gateway listens on, and the ports of the nodes that lead there. */
  readonly ports: readonly GatewayPort[];
  /** The types of the Gateway API. */
  readonly requires: readonly Installed[];
}

/** A port of a gateway. */
export interface GatewayPort {
  readonly port: number;
  readonly nodePort: number;
}

/** An object of a namespace. */
export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/** What a policy is for, in its own namespace. */
export interface PolicyTarget {
  readonly group: "gateway.networking.k8s.io";
  readonly kind: "Gateway" | "HTTPRoute";
  readonly name: string;
}

/** A gateway or a route as the target of a policy. */
export function policyTarget(kind: PolicyTarget["kind"], name: string): PolicyTarget {
  return { group: "gateway.networking.k8s.io", kind, name };
}
