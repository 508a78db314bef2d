/** Namespaces of the data layer: databases and caches where they run in the cluster, and the jobs that look after them everywhere. */
export const dataNamespaces = { database: "database", cache: "cache", checks: "data-checks" } as const;
