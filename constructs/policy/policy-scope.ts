import type { Environment } from "../../environments/environment";
import type { NamespaceSelector, PolicyScope, ResourceRule } from "./validating-policy";

/** Who is judged, and how strictly. */
export interface Judged {
  readonly mode: Environment["policies"]["mode"];
  /** Namespaces that are left alone. */
  readonly excludedNamespaces: readonly string[];
}

const written = { apiVersions: ["v1"], operations: ["CREATE", "UPDATE"] } as const;

/** Pods. Containers that are added for debugging come by a door of their own. */
export const podRules: readonly ResourceRule[] = [{ ...written, apiGroups: [""], resources: ["pods", "pods/ephemeralcontainers"] }];

/**
 * What makes pods. Kyverno could derive these rules from the ones for pods, but not where namespaces are excluded and
 * ephemeral containers are included.
 */
export const controllerRules: readonly ResourceRule[] = [
  { ...written, apiGroups: ["apps"], resources: ["daemonsets", "deployments", "statefulsets"] },
  { ...written, apiGroups: ["batch"], resources: ["cronjobs", "jobs"] },
];

/** Refuses in `enforce`. In `audit` nothing is held up, whether Kyverno answers or not. */
export function scopeOf({ mode, excludedNamespaces }: Judged, resourceRules: readonly ResourceRule[]): PolicyScope {
  return {
    validationActions: mode === "enforce" ? ["Deny"] : ["Audit"],
    failurePolicy: mode === "enforce" ? "Fail" : "Ignore",
    matchConstraints: { namespaceSelector: allBut(excludedNamespaces), resourceRules },
    matchConditions: [
      // What was there before the policy can still be labelled, finished and deleted.
      { name: "spec-is-new", expression: "request.operation != 'UPDATE' || object.spec != oldObject.spec" },
    ],
  };
}

/** Namespaces of Kubernetes' own. */
export const kubernetesNamespaces = ["kube-node-lease", "kube-public", "kube-system"] as const;

/** Every namespace but these. */
export function allBut(namespaces: readonly string[]): NamespaceSelector {
  return { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: namespaces }] };
}
