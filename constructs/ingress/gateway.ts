import type { CustomResource } from "../addons/manifests";

/** What listens for requests (Gateway API). */
export interface Gateway extends CustomResource {
  readonly apiVersion: "gateway.networking.k8s.io/v1";
  readonly kind: "Gateway";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    readonly gatewayClassName: string;
    readonly listeners: readonly GatewayListener[];
  };
}

/** A port that a gateway listens on. */
export interface GatewayListener {
  readonly name: "http" | "https";
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  /** Certificate, in a secret of the gateway's namespace. */
  readonly tls?: { readonly mode: "Terminate"; readonly certificateRefs: readonly { readonly kind: "Secret"; readonly name: string }[] };
  /** Namespaces whose routes it takes. */
  readonly allowedRoutes: { readonly namespaces: { readonly from: "All" | "Same" } };
}
