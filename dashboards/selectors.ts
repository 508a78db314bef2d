/** What of series with a namespace is chosen. */
export const inNamespaces = 'namespace=~"$namespace"';

/** What of series of workloads is chosen. */
export const ofWorkloads = `${inNamespaces}, workload=~"$workload"`;

/** What of series of pods is chosen, by the workload that the pods are named after. */
export const podsOfWorkloads = `${inNamespaces}, pod=~"($workload)-.+"`;

/** Pods of a few workloads that are known. */
export function podsNamedAfter(workloads: readonly string[]): string {
  return `${inNamespaces}, pod=~"(${workloads.join("|")})-.+"`;
}
