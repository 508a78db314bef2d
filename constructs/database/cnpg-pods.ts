import type { Pods } from "../connections/path";

/** A cluster of CloudNativePG by its name and its namespace. */
export interface CnpgPlace {
  readonly name: string;
  readonly namespace: string;
}

/** Ports of an instance, beside PostgreSQL's own (CloudNativePG documentation, "Security", exposed ports). */
export const cnpgPorts = { status: 8000, metrics: 9187, poolerMetrics: 9127 } as const;

/** Everything that the operator starts for a cluster: instances, and the jobs that make or join them. */
export function clusterPods({ name, namespace }: CnpgPlace): Required<Pods> {
  return { namespace, labels: { "cnpg.io/cluster": name } };
}

/** The servers themselves. */
export function instancePods({ name, namespace }: CnpgPlace): Required<Pods> {
  return { namespace, labels: { "cnpg.io/cluster": name, "cnpg.io/podRole": "instance" } };
}

/** Label that only poolers have. */
export const poolerLabel = "cnpg.io/poolerName";

/** PgBouncer. */
export function poolerPods({ name, namespace }: CnpgPlace): Required<Pods> {
  return { namespace, labels: { [poolerLabel]: poolerName(name) } };
}

/** Name of the pooler of a cluster, and of its service. */
export function poolerName(cluster: string): string {
  return `${cluster}-pooler`;
}

/** Service of a cluster or of its pooler as its certificate names it. */
export function serviceHost(service: string, namespace: string): string {
  return `${service}.${namespace}.svc`;
}
