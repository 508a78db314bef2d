import type { CustomResource } from "../addons/manifests";

/** Who serves gateways, and with what settings (Gateway API). */
export interface GatewayClass extends CustomResource {
  readonly apiVersion: "gateway.networking.k8s.io/v1";
  readonly kind: "GatewayClass";
  readonly spec: {
    readonly controllerName: string;
    readonly parametersRef: { readonly group: string; readonly kind: string; readonly name: string; readonly namespace: string };
  };
}
