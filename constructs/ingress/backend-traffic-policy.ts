import type { CustomResource } from "../addons/manifests";
import type { PolicyTarget } from "./gateway-server";

/** How Envoy Gateway treats services. That of a route replaces that of its gateway. */
export interface BackendTrafficPolicy extends CustomResource {
  readonly apiVersion: "gateway.envoyproxy.io/v1alpha1";
  readonly kind: "BackendTrafficPolicy";
  readonly spec: {
    readonly targetRefs: readonly PolicyTarget[];
    readonly timeout: {
      readonly http: {
        /** Longest silence in both directions, such as `60s`. @default 5 minutes */
        readonly streamIdleTimeout: string;
        /** Longest time for a whole answer; `0s` for any. @default 15s */
        readonly requestTimeout: string;
      };
    };
  };
}
