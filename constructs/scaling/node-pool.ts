import type { CustomResource } from "../addons/manifests";

/** Nodes that Karpenter may add, and when it takes them away. Karpenter's `NodePool`, of the cluster as a whole. */
export interface NodePool extends CustomResource {
  readonly apiVersion: "karpenter.sh/v1";
  readonly kind: "NodePool";
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly nodeClassRef: { readonly group: "karpenter.k8s.aws"; readonly kind: "EC2NodeClass"; readonly name: string };
        readonly requirements: readonly NodeRequirement[];
        readonly taints: readonly NodeTaint[];
        /** Age at which a node is replaced, e.g. `720h`. */
        readonly expireAfter: string;
      };
    };
    /** Most that all nodes of the pool have together, in Kubernetes' units. */
    readonly limits: { readonly cpu: string; readonly memory: string };
    readonly disruption: {
      readonly consolidationPolicy: "WhenEmpty" | "WhenEmptyOrUnderutilized";
      /** How long a node has to be without change before it may go, e.g. `5m`. */
      readonly consolidateAfter: string;
      readonly budgets: readonly DisruptionBudget[];
    };
  };
}

/** What a node must be, by a label that Karpenter knows of instance types. */
export interface NodeRequirement {
  readonly key: string;
  readonly operator: "In";
  readonly values: readonly string[];
}

/** A taint as nodes have it. */
export interface NodeTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** How many nodes may go at a time, for some reasons. A reason that no budget names has no limit. */
export interface DisruptionBudget {
  /** A number, or a percentage of the pool, rounded up. */
  readonly nodes: string;
  readonly reasons: readonly ("Empty" | "Underutilized" | "Drifted")[];
}
