import type { CustomResource } from "../addons/manifests";

/** Where External Secrets Operator reads secrets, for every namespace that meets a condition. */
export interface ClusterSecretStore extends CustomResource {
  readonly apiVersion: "external-secrets.io/v1";
  readonly kind: "ClusterSecretStore";
  readonly spec: {
    readonly provider: SecretProvider;
    readonly conditions: readonly {
      readonly namespaceSelector: { readonly matchExpressions: readonly { readonly key: string; readonly operator: "Exists" }[] };
    }[];
  };
}

/** What keeps the secrets. */
export type SecretProvider =
  | {
      readonly kubernetes: {
        readonly remoteNamespace: string;
        readonly server: { readonly url: string; readonly caProvider: ConfigMapKey };
        readonly auth: { readonly serviceAccount: { readonly name: string; readonly namespace: string } };
      };
    }
  | { readonly aws: { readonly service: "SecretsManager"; readonly region: string } };

interface ConfigMapKey {
  readonly type: "ConfigMap";
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
}

/** Name of the environment's store, the same on every target. */
export const secretStoreName = "environment";

/** The environment's store. Only namespaces with a Pod Security level are served: those that somebody guards. */
export function clusterSecretStore(provider: SecretProvider): ClusterSecretStore {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ClusterSecretStore",
    metadata: { name: secretStoreName },
    spec: {
      provider,
      conditions: [{ namespaceSelector: { matchExpressions: [{ key: "pod-security.kubernetes.io/enforce", operator: "Exists" }] } }],
    },
  };
}
