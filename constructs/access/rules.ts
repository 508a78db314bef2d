import { customResources } from "./custom-resources";

/** A rule of a role. It names what it means: there are no wildcards. */
export interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

const read = ["get", "list", "watch"] as const;
const write = ["create", "delete", "patch", "update"] as const;

/** Reading what the platform's charts bring. */
export const customResourceReading = customResourceRules(read);

/** Reading what belongs to no namespace, who may do what, and what pods and nodes use. */
export const clusterReading: readonly Rule[] = [
  rule("", ["nodes", "persistentvolumes"], read),
  rule("admissionregistration.k8s.io", ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"], read),
  rule("admissionregistration.k8s.io", ["validatingadmissionpolicies", "validatingadmissionpolicybindings"], read),
  rule("apiextensions.k8s.io", ["customresourcedefinitions"], read),
  rule("apiregistration.k8s.io", ["apiservices"], read),
  rule("metrics.k8s.io", ["nodes", "pods"], ["get", "list"]),
  rule("networking.k8s.io", ["ingressclasses"], read),
  rule("node.k8s.io", ["runtimeclasses"], read),
  rule("rbac.authorization.k8s.io", ["clusterrolebindings", "clusterroles", "rolebindings", "roles"], read),
  rule("scheduling.k8s.io", ["priorityclasses"], read),
  rule("storage.k8s.io", ["csidrivers", "csinodes", "storageclasses", "volumeattachments"], read),
];

/** Groups that nobody writes by hand: they guard the cluster, report on it, or bring any secret of the store to whoever asks. */
const closed = ["external-secrets.io", "policies.kyverno.io", "wgpolicyk8s.io"];

/**
 * What somebody does who operates the platform. Guards come from this code alone: namespaces with their labels and quotas, network
 * policies, admission policies, external secrets, rights. It keeps from mistakes, not from intent: who runs workloads anywhere can
 * run them as any service account.
 */
export const operation: readonly Rule[] = [
  rule("", ["configmaps", "persistentvolumeclaims", "serviceaccounts", "services"], write),
  rule("", ["secrets"], [...read, ...write]),
  rule("", ["pods"], ["delete"]),
  rule("", ["pods/eviction"], ["create"]),
  rule("", ["pods/exec", "pods/portforward"], ["create", "get"]),
  rule("", ["nodes"], ["patch"]), // cordon and drain
  rule("", ["persistentvolumes"], ["delete", "patch"]), // those that outlive their claims
  rule("apps", ["daemonsets", "deployments", "deployments/scale", "statefulsets", "statefulsets/scale"], write),
  rule("autoscaling", ["horizontalpodautoscalers"], write),
  rule("batch", ["cronjobs", "jobs"], write),
  rule("networking.k8s.io", ["ingresses"], write),
  rule("policy", ["poddisruptionbudgets"], write),
  ...customResourceRules(write).filter(({ apiGroups }) => !apiGroups.some((group) => closed.includes(group))),
];

/** What somebody does who operates one application: restart, scale, and end what hangs. What runs there comes from this code alone. */
export const applicationOperation: readonly Rule[] = [
  rule("", ["pods"], ["delete"]),
  rule("", ["pods/eviction"], ["create"]),
  rule("apps", ["daemonsets", "deployments", "deployments/scale", "statefulsets", "statefulsets/scale"], ["patch", "update"]),
  rule("batch", ["cronjobs"], ["patch"]), // suspend
  rule("batch", ["jobs"], ["delete"]),
];

function customResourceRules(verbs: readonly string[]): readonly Rule[] {
  return Object.entries(customResources).map(([apiGroup, resources]) => rule(apiGroup, resources, verbs));
}

function rule(apiGroup: string, resources: readonly string[], verbs: readonly string[]): Rule {
  return { apiGroups: [apiGroup], resources: [...resources], verbs: [...verbs] };
}
