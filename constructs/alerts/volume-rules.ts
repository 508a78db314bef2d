import type { RuleGroup } from "../monitoring/alert";

/** A year: what grows more slowly is not said to end. */
const mostSeconds = 365 * 86_400;

const available = "max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes)";
const growth = "max by (namespace, persistentvolumeclaim) (deriv(kubelet_volume_stats_used_bytes[1d]))";

/** Volumes of pods, by claim. Kubelets tell nothing of volumes that are folders of a node, as those of Kind are. */
export const volumeRules: RuleGroup = {
  name: "volumes",
  recordings: [
    {
      record: "volume:used:percent",
      expression: `100 * (1 - ${available} / max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes > 0))`,
    },
    // A byte a second at least: the days of what does not grow would be without end, or negative.
    { record: "volume:days_left:days", expression: `clamp_max(${available} / clamp_min(${growth}, 1), ${mostSeconds}) / 86400` },
  ],
  alerts: [
    {
      name: "VolumeFillingUp",
      // 15 % left, and four days: Kubernetes' mixin.
      expression: "volume:days_left:days < 4 and volume:used:percent > 85",
      forMinutes: 60,
      severity: "warning",
      summary: "Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is full in a few days",
      description: 'There are {{ $value | printf "%.1f" }} days left, if it grows as it did in the last one.',
    },
    {
      name: "VolumeFull",
      expression: "volume:used:percent > 97", // Kubernetes' mixin
      forMinutes: 5,
      severity: "critical",
      summary: "Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is full",
      description: '{{ $value | printf "%.1f" }} % are in use. What writes to it stops.',
    },
    {
      name: "VolumeInodes",
      expression:
        "100 * max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_inodes_used) / max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_inodes > 0) > 90",
      forMinutes: 15,
      severity: "warning",
      summary: "Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has too many files",
      description: '{{ $value | printf "%.0f" }} % of its inodes are in use; without one no file can be made, however much room there is.',
    },
  ],
};
