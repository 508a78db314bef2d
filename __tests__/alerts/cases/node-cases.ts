import type { AlertCases } from "../alert-case";

const node = { node: "worker" };

/** Two cores. */
const cores = Object.fromEntries(["0", "1"].map((cpu) => [`node_cpu_seconds_total{node="worker",cpu="${cpu}",mode="idle"}`, "0+30x60"]));

export const nodeCases: AlertCases = {
  NodeNotReady: {
    fires: { series: { 'kube_node_status_condition{node="worker",condition="Ready",status="true"}': "0x20" }, after: "15m", labels: node },
    quiet: {
      series: {
        'kube_node_status_condition{node="worker",condition="Ready",status="true"}': "0x20",
        'kube_node_spec_unschedulable{node="worker"}': "1x20",
        'kube_node_status_condition{node="other",condition="Ready",status="true"}': "0x5 1x20",
        'kube_node_status_condition{node="other",condition="Ready",status="false"}': "0x20",
        'kube_node_status_condition{node="third",condition="DiskPressure",status="true"}': "0x20",
      },
      after: "15m",
    },
  },
  NodePressure: {
    fires: {
      series: { 'kube_node_status_condition{node="worker",condition="DiskPressure",status="true"}': "1x20" },
      after: "15m",
      labels: { ...node, condition: "DiskPressure" },
    },
    quiet: {
      series: {
        'kube_node_status_condition{node="worker",condition="DiskPressure",status="true"}': "0x20",
        'kube_node_status_condition{node="worker",condition="DiskPressure",status="false"}': "1x20",
        'kube_node_status_condition{node="worker",condition="Ready",status="true"}': "1x20",
      },
      after: "15m",
    },
  },
  NodeCpuSaturated: {
    fires: { series: { ...cores, 'node_load5{node="worker"}': "5x60" }, after: "20m", labels: node },
    quiet: { series: { ...cores, 'node_load5{node="worker"}': "3.9x60" }, after: "20m" },
  },
  NodeMemorySaturated: {
    fires: {
      series: { 'node_memory_MemAvailable_bytes{node="worker"}': "9x30", 'node_memory_MemTotal_bytes{node="worker"}': "100x30" },
      after: "20m",
      labels: node,
    },
    quiet: {
      series: { 'node_memory_MemAvailable_bytes{node="worker"}': "11x30", 'node_memory_MemTotal_bytes{node="worker"}': "100x30" },
      after: "20m",
    },
  },
  NodeFilesystemFillingUp: {
    fires: {
      series: {
        'node_filesystem_avail_bytes{node="worker",mountpoint="/",fstype="xfs"}': "14-0.02x150",
        'node_filesystem_size_bytes{node="worker",mountpoint="/",fstype="xfs"}': "100x150",
      },
      after: "2h",
      labels: { ...node, mountpoint: "/" },
    },
    quiet: {
      series: {
        // Full within a day as it is, but half of it is free; and one that is rather full and grows slowly.
        'node_filesystem_avail_bytes{node="worker",mountpoint="/",fstype="xfs"}': "50-0.05x150",
        'node_filesystem_size_bytes{node="worker",mountpoint="/",fstype="xfs"}': "100x150",
        'node_filesystem_avail_bytes{node="worker",mountpoint="/data",fstype="xfs"}': "14-0.001x150",
        'node_filesystem_size_bytes{node="worker",mountpoint="/data",fstype="xfs"}': "100x150",
      },
      after: "2h",
    },
  },
  NodeFilesystemFull: {
    fires: {
      series: {
        'node_filesystem_avail_bytes{node="worker",mountpoint="/",fstype="xfs"}': "4x30",
        'node_filesystem_size_bytes{node="worker",mountpoint="/",fstype="xfs"}': "100x30",
      },
      after: "20m",
      labels: { ...node, mountpoint: "/" },
    },
    quiet: {
      series: {
        'node_filesystem_avail_bytes{node="worker",mountpoint="/",fstype="xfs"}': "6x30",
        'node_filesystem_size_bytes{node="worker",mountpoint="/",fstype="xfs"}': "100x30",
        'node_filesystem_avail_bytes{node="worker",mountpoint="/run/secrets",fstype="xfs"}': "0x30",
        'node_filesystem_size_bytes{node="worker",mountpoint="/run/secrets",fstype="xfs"}': "100x30",
        'node_filesystem_avail_bytes{node="worker",mountpoint="/tmp",fstype="tmpfs"}': "0x30",
        'node_filesystem_size_bytes{node="worker",mountpoint="/tmp",fstype="tmpfs"}': "100x30",
      },
      after: "20m",
    },
  },
  NodeClockSkew: {
    fires: {
      series: { 'node_timex_maxerror_seconds{node="worker"}': "16x20", 'node_timex_sync_status{node="worker"}': "0x20" },
      after: "15m",
      labels: node,
    },
    quiet: {
      series: {
        'node_timex_offset_seconds{node="worker"}': "-0.04x20",
        'node_timex_maxerror_seconds{node="worker"}': "16x20",
        'node_timex_sync_status{node="worker"}': "1x20",
      },
      after: "15m",
    },
  },
};
