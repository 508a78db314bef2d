import type { CustomResource } from "../addons/manifests";
import type { PolicyTarget } from "./gateway-server";

/** How NGINX Gateway Fabric treats services. That of a route goes over that of its gateway, field by field. */
export interface ProxySettingsPolicy extends CustomResource {
  readonly apiVersion: "gateway.nginx.org/v1alpha1";
  readonly kind: "ProxySettingsPolicy";
  readonly spec: {
    readonly targetRefs: readonly PolicyTarget[];
    /** Longest silence while an answer is read and a request is sent, such as `60s`. @default 60s */
    readonly timeout: { readonly read: string; readonly send: string };
    /** Whether answers are held back until a buffer is full. @default they are */
    readonly buffering?: { readonly disable: boolean };
  };
}
