import type { CustomResource } from "../addons/manifests";

/** How many pods of a workload there are, by what KEDA is told of something else: its `ScaledObject`. */
export interface ScaledObject extends CustomResource {
  readonly apiVersion: "keda.sh/v1alpha1";
  readonly kind: "ScaledObject";
  readonly spec: {
    readonly scaleTargetRef: { readonly apiVersion: "apps/v1"; readonly kind: "Deployment" | "StatefulSet"; readonly name: string };
    /** 0 ends the last pod, too, when there is nothing to do. */
    readonly minReplicaCount: number;
    readonly maxReplicaCount: number;
    /** How often is asked while there is no pod, in seconds. */
    readonly pollingInterval: number;
    /** How long there has to be nothing to do before the last pod ends, in seconds. */
    readonly cooldownPeriod: number;
    readonly triggers: readonly ScalingTrigger[];
  };
}

/** What KEDA asks, and as whom. */
export interface ScalingTrigger {
  /** A server, or a cluster of servers that all have to be reached. */
  readonly type: "redis" | "redis-cluster";
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef: { readonly kind: "ClusterTriggerAuthentication"; readonly name: string };
}
