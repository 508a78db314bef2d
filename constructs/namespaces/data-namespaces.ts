/**
 * Namespaces of the data layer: databases and caches where they run in the cluster, the jobs that look after them everywhere, and what
 * brings metrics of the cloud into the cluster.
 */
export const dataNamespaces = { database: "database", cache: "cache", checks: "data-checks", metrics: "data-metrics" } as const;
