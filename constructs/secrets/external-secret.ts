import type { CustomResource } from "../addons/manifests";

/** A Secret of a namespace, kept the same as what is in a store. */
export interface ExternalSecret extends CustomResource {
  readonly apiVersion: "external-secrets.io/v1";
  readonly kind: "ExternalSecret";
  readonly spec: {
    /** How often the store is asked, as a Go duration. */
    readonly refreshInterval: string;
    readonly secretStoreRef: { readonly kind: "ClusterSecretStore"; readonly name: string };
    readonly target: {
      readonly name: string;
      /** The Secret goes with the ExternalSecret. */
      readonly creationPolicy: "Owner";
      /** It stays when the store has lost it. */
      readonly deletionPolicy: "Retain";
      readonly template?: {
        readonly type?: string;
        readonly metadata?: { readonly labels: Readonly<Record<string, string>> };
        readonly data?: Readonly<Record<string, string>>;
      };
    };
    readonly data: readonly {
      readonly secretKey: string;
      readonly remoteRef: { readonly key: string; readonly property: string };
    }[];
  };
}
