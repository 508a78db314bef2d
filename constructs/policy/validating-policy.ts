import type { CustomResource } from "../addons/manifests";

/** Policy of Kyverno: what objects of some kinds have to be like, in CEL. */
export interface ValidatingPolicy extends CustomResource {
  readonly apiVersion: "policies.kyverno.io/v1";
  readonly kind: "ValidatingPolicy";
  readonly spec: PolicyScope & {
    /** Named expressions; each may use those before it as `variables.<name>`. */
    readonly variables: readonly { readonly name: string; readonly expression: string }[];
    readonly validations: readonly Validation[];
  };
}

/** What an object has to be like. */
export interface Validation {
  /** CEL that is true for what is allowed. */
  readonly expression: string;
  /** What is told otherwise. */
  readonly message: string;
}

/** What a policy of Kyverno judges, and what follows. */
export interface PolicyScope {
  /** Whether a violation is refused, or goes into a report. */
  readonly validationActions: readonly ["Deny"] | readonly ["Audit"];
  /** What happens to requests while Kyverno does not answer. */
  readonly failurePolicy: "Fail" | "Ignore";
  readonly matchConstraints: {
    readonly namespaceSelector: NamespaceSelector;
    readonly resourceRules: readonly ResourceRule[];
  };
  /** Requests for which one of these is false are let through. The API server evaluates them: they know no variables. */
  readonly matchConditions: readonly { readonly name: string; readonly expression: string }[];
}

/** Namespaces by their labels. */
export interface NamespaceSelector {
  readonly matchExpressions: readonly { readonly key: string; readonly operator: "NotIn"; readonly values: readonly string[] }[];
}

/** Requests for some resources of an API. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly ("CREATE" | "UPDATE")[];
  readonly resources: readonly string[];
}
