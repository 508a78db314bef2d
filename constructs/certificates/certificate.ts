import type { CustomResource } from "../addons/manifests";

/** Certificate of cert-manager: it is kept in a secret, and renewed there before it ends. */
export interface Certificate extends CustomResource {
  readonly apiVersion: "cert-manager.io/v1";
  readonly kind: "Certificate";
  readonly metadata: CustomResource["metadata"] & { readonly namespace: string };
  readonly spec: {
    /** Where the key and the certificate are kept, in the namespace of this object. */
    readonly secretName: string;
    readonly issuerRef: { readonly name: string; readonly kind: "Issuer" | "ClusterIssuer"; readonly group: "cert-manager.io" };
    /** Host names that it is valid for. */
    readonly dnsNames?: readonly string[];
    /** At most 64 characters. Servers leave it out: clients look at `dnsNames` only. */
    readonly commonName?: string;
    /** Whether it may sign others. @default false */
    readonly isCA?: boolean;
    /** What a CA may sign for. */
    readonly nameConstraints?: {
      /** Whether clients that do not know the limits have to refuse. */
      readonly critical: boolean;
      /** Domains, and what is below them. */
      readonly permitted: { readonly dnsDomains: readonly string[] };
    };
    /** What the key may be used for. @default signatures and the exchange of keys */
    readonly usages?: readonly ("digital signature" | "key encipherment" | "server auth" | "client auth")[];
    /** How long it is valid, e.g. `2160h`. @default 90 days */
    readonly duration?: string;
    /** How long before its end it is renewed, e.g. `360h`. @default a third of the duration */
    readonly renewBefore?: string;
    readonly privateKey?: {
      readonly algorithm: "ECDSA" | "RSA";
      /** Bits. */
      readonly size: 256 | 384 | 2048 | 4096;
      /** Whether a renewal makes a new key. */
      readonly rotationPolicy: "Always" | "Never";
    };
  };
}
