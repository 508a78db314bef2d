import type { Relabeling } from "./pod-monitor";

/** Drops series by their names. */
function drop(...names: readonly string[]): Relabeling {
  return { action: "drop", sourceLabels: ["__name__"], regex: names.join("|") };
}

/** One series for each feature gate and each stage, on every kubelet and API server: the version says the same. */
const featureGates = "kubernetes_feature_enabled";

/**
 * What the API server tells and nobody asks for. Its histograms are a third of all series of a small cluster: by verb, resource,
 * scope and bucket. How long requests take stays, in a few buckets and without those that stay open on purpose.
 */
export const droppedOfApiServer: readonly Relabeling[] = [
  drop(
    featureGates,
    "(apiserver_(admission|audit|authentication|authorization|cel|crd|delegated|envelope|flowcontrol|request_(body|filter|headers|sli|slo)|response|storage|watch|webhooks)|authentication|authorization|etcd|field_validation|rest_client|serviceaccount|watch_cache|workqueue)_.+_bucket",
  ),
  { action: "drop", sourceLabels: ["__name__", "verb"], regex: "apiserver_request_duration_seconds_bucket;(CONNECT|WATCH)" },
  {
    action: "drop",
    sourceLabels: ["__name__", "le"],
    // All but 0.1, 0.5, 1, 5, 30 and 60 seconds.
    regex:
      "apiserver_request_duration_seconds_bucket;(0\\.005|0\\.025|0\\.05|0\\.15|0\\.2|0\\.25|0\\.3|0\\.35|0\\.4|0\\.45|0\\.6|0\\.7|0\\.8|0\\.9|1\\.25|1\\.5|1\\.75|2|3|3\\.5|4|4\\.5|6|7|8|9|10|15|20|40|45|50)(\\.0)?",
  },
];

/** What kubelets tell of themselves: counts and sums of what they do stay, the histograms are one set for each node. */
export const droppedOfKubelet: readonly Relabeling[] = [
  drop(
    featureGates,
    "(apiserver|csi_operations|kubelet|prober|rest_client|storage_operation|volume_metric_collection|workqueue)_.+_bucket",
  ),
];

/** What cAdvisor tells of containers. Twenty containers on a node are twenty times all of this. */
export const droppedOfContainers: readonly Relabeling[] = [
  // Control groups of the node itself: systemd's slices, one for each pod and one for all of them.
  { action: "drop", sourceLabels: ["id", "pod"], regex: ".+;" },
  drop(
    "container_cpu_(cfs_throttled_seconds_total|load_average_10s|load_d_average_10s|system_seconds_total|user_seconds_total)",
    "container_fs_(inodes_.+|io_.+|read_seconds_total|reads_merged_total|sector_.+|write_seconds_total|writes_merged_total)",
    "container_memory_(failures_total|kernel_usage|mapped_file|max_usage_bytes|swap|total_.+_file_bytes)",
    "container_(blkio_device_usage_total|file_descriptors|last_seen|pressure_.+|sockets|tasks_state|threads|threads_max|ulimits_soft)",
    "container_spec_.+", // kube-state-metrics has what pods asked for
  ),
  // One for each pod, on the node's side of its cable.
  {
    action: "drop",
    sourceLabels: ["__name__", "interface"],
    regex: "container_network_.+;(cali|cilium|cni|eni|lxc|nodelocaldns|tunl|veth).*",
  },
];
