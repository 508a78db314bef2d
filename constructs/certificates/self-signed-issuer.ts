import type { CustomResource } from "../addons/manifests";

/** Issuer of cert-manager for one namespace, where certificates sign themselves: the beginning of a CA. */
export interface SelfSignedIssuer extends CustomResource {
  readonly apiVersion: "cert-manager.io/v1";
  readonly kind: "Issuer";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: { readonly selfSigned: Readonly<Record<string, never>> };
}
