import type { CustomResource } from "../addons/manifests";

/** Issuer of cert-manager that certificates of every namespace may ask. */
export interface ClusterIssuer extends CustomResource {
  readonly apiVersion: "cert-manager.io/v1";
  readonly kind: "ClusterIssuer";
  readonly spec: AuthorityIssuer | AcmeIssuerSpec;
}

/** Signs with a CA whose key is in a secret of cert-manager's own namespace. */
export interface AuthorityIssuer {
  readonly ca: { readonly secretName: string };
}

/** Has an ACME server sign, which asks for a record in DNS. */
export interface AcmeIssuerSpec {
  readonly acme: {
    /** URL of the server's directory. */
    readonly server: string;
    /** Who is told when a certificate is about to expire. */
    readonly email: string;
    /** Secret in cert-manager's namespace for the account's key; cert-manager makes it up. */
    readonly privateKeySecretRef: { readonly name: string };
    readonly solvers: readonly AcmeSolver[];
  };
}

/** How the server's question for a record is answered. */
export interface AcmeSolver {
  /** Names below these domains are meant. */
  readonly selector: { readonly dnsZones: readonly string[] };
  readonly dns01: { readonly route53: { readonly region: string; readonly hostedZoneID: string } };
}
