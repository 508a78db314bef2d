import type { CustomResource } from "../addons/manifests";
import type { PolicyTarget } from "./gateway-server";

/** How NGINX Gateway Fabric treats clients. */
export interface ClientSettingsPolicy extends CustomResource {
  readonly apiVersion: "gateway.nginx.org/v1alpha1";
  readonly kind: "ClientSettingsPolicy";
  readonly spec: {
    readonly targetRef: PolicyTarget;
    /** Largest body of a request, such as `8m`; 0 for any. @default 1m */
    readonly body: { readonly maxSize: string };
  };
}
