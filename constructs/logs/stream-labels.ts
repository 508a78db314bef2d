/** Labels of every line in Loki: what tells streams apart. Few, as each combination of values is a stream of its own. */
export const streamLabels = ["namespace", "container", "workload", "tier", "environment"] as const;
