import type { CustomResource } from "../addons/manifests";

/** Where KEDA finds what it signs in with: Secrets of its own namespace. KEDA's `ClusterTriggerAuthentication`, of the cluster as a whole. */
export interface ClusterTriggerAuthentication extends CustomResource {
  readonly apiVersion: "keda.sh/v1alpha1";
  readonly kind: "ClusterTriggerAuthentication";
  readonly spec: {
    readonly secretTargetRef: readonly {
      /** Parameter of the trigger. */
      readonly parameter: "password" | "ca";
      /** Name of the Secret. */
      readonly name: string;
      readonly key: string;
    }[];
  };
}
