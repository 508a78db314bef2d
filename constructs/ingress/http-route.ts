import type { CustomResource } from "../addons/manifests";

/** Leads requests from a listener of a gateway to services (Gateway API). */
export interface HttpRoute extends CustomResource {
  readonly apiVersion: "gateway.networking.k8s.io/v1";
  readonly kind: "HTTPRoute";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    readonly parentRefs: readonly { readonly name: string; readonly namespace: string; readonly sectionName: "http" | "https" }[];
    /** @default every host that no other route names */
    readonly hostnames?: readonly string[];
    readonly rules: readonly HttpRouteRule[];
  };
}

/** What happens to requests that match. */
export interface HttpRouteRule {
  /** @default every path */
  readonly matches?: readonly { readonly path: { readonly type: "PathPrefix"; readonly value: string } }[];
  readonly filters?: readonly {
    readonly type: "RequestRedirect";
    readonly requestRedirect: { readonly scheme: "https"; readonly port: number; readonly statusCode: 301 | 302 };
  }[];
  /** Services of the route's namespace. */
  readonly backendRefs?: readonly { readonly name: string; readonly port: number; readonly weight: number }[];
}
