import type { Seen } from "./alert-case";

/** What a recorded series is after some time. */
export interface RecordingCase extends Seen {
  /** Values by labels: `{ '{node="a"}': 50 }`. */
  readonly yields: Readonly<Record<string, number>>;
}

const after = "10m";
const worker = '{node="worker"}';
const search = '{namespace="search"}';

/** A pod that runs, one that waits, and one that is done and counts no more. */
const requests = (resource: string) => ({
  'kube_pod_status_phase{namespace="search",pod="runs",phase="Running"}': "1x20",
  'kube_pod_status_phase{namespace="search",pod="waits",phase="Pending"}': "1x20",
  'kube_pod_status_phase{namespace="search",pod="done",phase="Running"}': "0x20",
  'kube_pod_status_phase{namespace="search",pod="done",phase="Succeeded"}': "1x20",
  ...Object.fromEntries(
    ["runs", "waits", "done"].map((pod) => [
      `kube_pod_container_resource_requests{namespace="search",pod="${pod}",container="main",resource="${resource}"}`,
      "2x20",
    ]),
  ),
  [`kube_node_status_allocatable{node="a",resource="${resource}"}`]: "8x20",
  [`kube_node_status_allocatable{node="b",resource="${resource}"}`]: "8x20",
});

const claim = 'namespace="database",persistentvolumeclaim="db"';

/** Cases of what the platform records of nodes, volumes and capacity, by the name of the series. */
export const platformRecordings: Readonly<Record<string, RecordingCase>> = {
  "node:cpu:percent": {
    series: {
      'node_cpu_seconds_total{node="worker",cpu="0",mode="idle"}': "0+15x20",
      'node_cpu_seconds_total{node="worker",cpu="1",mode="idle"}': "0+45x20",
      'node_cpu_seconds_total{node="worker",cpu="0",mode="user"}': "0+45x20",
    },
    after,
    yields: { [worker]: 50 },
  },
  "node:load:per_core": {
    series: {
      'node_load5{node="worker"}': "3x20",
      'node_cpu_seconds_total{node="worker",cpu="0",mode="idle"}': "0+15x20",
      'node_cpu_seconds_total{node="worker",cpu="1",mode="idle"}': "0+45x20",
    },
    after,
    yields: { [worker]: 1.5 },
  },
  "node:memory:percent": {
    series: { 'node_memory_MemAvailable_bytes{node="worker"}': "25x20", 'node_memory_MemTotal_bytes{node="worker"}': "100x20" },
    after,
    yields: { [worker]: 75 },
  },
  "node:filesystem:percent": {
    series: {
      'node_filesystem_avail_bytes{node="worker",mountpoint="/",fstype="xfs",device="a"}': "25x20",
      'node_filesystem_size_bytes{node="worker",mountpoint="/",fstype="xfs",device="a"}': "100x20",
      'node_filesystem_avail_bytes{node="worker",mountpoint="/var/lib/kubelet/pods/1",fstype="xfs",device="b"}': "25x20",
      'node_filesystem_size_bytes{node="worker",mountpoint="/var/lib/kubelet/pods/1",fstype="xfs",device="b"}': "100x20",
    },
    after,
    yields: { '{node="worker",mountpoint="/"}': 75 },
  },
  "node:disk_io:percent": {
    series: {
      'node_disk_io_time_seconds_total{node="worker",device="nvme0n1"}': "0+15x20",
      'node_disk_io_time_seconds_total{node="worker",device="nvme0n1p1"}': "0+45x20",
    },
    after,
    yields: { [worker]: 25 },
  },
  "node:network_receive:bytes_per_second": {
    series: {
      'node_network_receive_bytes_total{node="worker",device="eth0"}': "0+60x20",
      'node_network_receive_bytes_total{node="worker",device="eth1"}': "0+120x20",
      'node_network_receive_bytes_total{node="worker",device="veth1"}': "0+600x20",
    },
    after,
    yields: { [worker]: 3 },
  },
  "node:network_transmit:bytes_per_second": {
    series: {
      'node_network_transmit_bytes_total{node="worker",device="eth0"}': "0+60x20",
      'node_network_transmit_bytes_total{node="worker",device="lo"}': "0+600x20",
    },
    after,
    yields: { [worker]: 1 },
  },
  "volume:used:percent": {
    series: { [`kubelet_volume_stats_available_bytes{${claim}}`]: "25x20", [`kubelet_volume_stats_capacity_bytes{${claim}}`]: "100x20" },
    after,
    yields: { [`{${claim}}`]: 75 },
  },
  "volume:days_left:days": {
    series: {
      // 10 bytes a second, of which 20 days' worth are left; one that gets emptier.
      [`kubelet_volume_stats_available_bytes{${claim}}`]: `${20 * 86_400 * 10}x20`,
      [`kubelet_volume_stats_used_bytes{${claim}}`]: "0+600x20",
      'kubelet_volume_stats_available_bytes{namespace="cache",persistentvolumeclaim="c"}': "1000000000x20",
      'kubelet_volume_stats_used_bytes{namespace="cache",persistentvolumeclaim="c"}': "60000-600x20",
    },
    after,
    yields: { [`{${claim}}`]: 20, '{namespace="cache",persistentvolumeclaim="c"}': 365 },
  },
  "cluster:cpu_requests:percent": { series: requests("cpu"), after, yields: { "{}": 25 } },
  "cluster:memory_requests:percent": { series: requests("memory"), after, yields: { "{}": 25 } },
  "namespace:cpu:cores": {
    series: {
      'container_cpu_usage_seconds_total{namespace="search",pod="a",container="main"}': "0+30x20",
      'container_cpu_usage_seconds_total{namespace="search",pod="b",container="main"}': "0+60x20",
      'container_cpu_usage_seconds_total{namespace="search",pod="b",container=""}': "0+60x20",
    },
    after,
    yields: { [search]: 1.5 },
  },
  "namespace:memory:bytes": {
    series: {
      'container_memory_working_set_bytes{namespace="search",pod="a",container="main"}': "10x20",
      'container_memory_working_set_bytes{namespace="search",pod="b",container="main"}': "20x20",
      'container_memory_working_set_bytes{namespace="search",pod="b",container=""}': "20x20",
    },
    after,
    yields: { [search]: 30 },
  },
  "namespace:cpu_requests:cores": { series: requests("cpu"), after, yields: { [search]: 4 } },
  "namespace:memory_requests:bytes": { series: requests("memory"), after, yields: { [search]: 4 } },
};
