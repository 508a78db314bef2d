import type { WorkloadPlace } from "../../applications/connections";
import type { Pods } from "../connections/path";

/** What a pod of a workload does: serves, or runs to its end. */
export type PodRole = "server" | "migration" | "job";

/** Label that says what a pod of a workload does; no other pods have it. Only servers are talked to. */
export const roleLabel = "evenkeel/role";

/** Labels of the pods of a workload. */
export function labelsOf({ application, workload }: WorkloadPlace, role: PodRole): Record<string, string> {
  return { app: workload, [roleLabel]: role, "app.kubernetes.io/name": workload, "app.kubernetes.io/part-of": application };
}

/** Labels by which servers are selected: those that never change. */
export function serverSelector(workload: string): Record<string, string> {
  return { app: workload, [roleLabel]: "server" };
}

/** All pods of a workload: migrations need what servers need. */
export function podsOf({ application, workload }: WorkloadPlace): Pods {
  return { namespace: application, labels: { app: workload } };
}

/** Pods of a workload that are talked to. */
export function serversOf({ application, workload }: WorkloadPlace): Pods {
  return { namespace: application, labels: serverSelector(workload) };
}
