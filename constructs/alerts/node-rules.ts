import type { RuleGroup } from "../monitoring/alert";

/** File systems that keep data: not those in memory, and not those that containers see. */
const kept = 'fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660",mountpoint!~"/(boot|etc|run|usr|var/lib/(kubelet|containerd))/.*"';

/** Disks, not their partitions: those of EC2, of virtual machines, and of laptops. */
const disks = 'device=~"nvme[0-9]+n[0-9]+|sd[a-z]+|vd[a-z]+|xvd[a-z]+"';

/** Cards, not the ends of pods' links. */
const cards = 'device!~"lo|veth.*|eni.*|cali.*|docker.*|br-.*"';

/** What nodes use, by node. */
export const nodeRules: RuleGroup = {
  name: "nodes",
  recordings: [
    { record: "node:cpu:percent", expression: '100 * (1 - avg by (node) (rate(node_cpu_seconds_total{mode="idle"}[5m])))' },
    {
      record: "node:load:per_core",
      expression: 'max by (node) (node_load5) / count by (node) (count by (node, cpu) (node_cpu_seconds_total{mode="idle"}))',
    },
    {
      record: "node:memory:percent",
      expression: "100 * (1 - max by (node) (node_memory_MemAvailable_bytes) / max by (node) (node_memory_MemTotal_bytes))",
    },
    {
      record: "node:filesystem:percent",
      expression: `100 * (1 - max by (node, mountpoint) (node_filesystem_avail_bytes{${kept}}) / max by (node, mountpoint) (node_filesystem_size_bytes{${kept}} > 0))`,
    },
    { record: "node:disk_io:percent", expression: `100 * max by (node) (rate(node_disk_io_time_seconds_total{${disks}}[5m]))` },
    {
      record: "node:network_receive:bytes_per_second",
      expression: `sum by (node) (rate(node_network_receive_bytes_total{${cards}}[5m]))`,
    },
    {
      record: "node:network_transmit:bytes_per_second",
      expression: `sum by (node) (rate(node_network_transmit_bytes_total{${cards}}[5m]))`,
    },
  ],
  alerts: [
    {
      name: "NodeNotReady",
      // One that is cordoned is being replaced, by somebody or by Karpenter.
      expression:
        'max by (node) (kube_node_status_condition{condition="Ready",status="true"}) == 0 unless on (node) max by (node) (kube_node_spec_unschedulable) == 1',
      forMinutes: 10,
      severity: "warning",
      summary: "Node {{ $labels.node }} is not ready",
      description:
        "Its kubelet has not said for 10 minutes that pods can run there. Pods move to other nodes after 5 minutes, if there is room.",
    },
    {
      name: "NodePressure",
      expression: 'max by (node, condition) (kube_node_status_condition{condition=~"(Memory|Disk|PID)Pressure",status="true"}) == 1',
      forMinutes: 10,
      severity: "warning",
      summary: "Node {{ $labels.node }} is short: {{ $labels.condition }}",
      description: "The kubelet takes no new pods and evicts those that use more than they asked for.",
    },
    {
      name: "NodeCpuSaturated",
      expression: "node:load:per_core > 2", // node-exporter's mixin
      forMinutes: 15,
      severity: "warning",
      summary: "Node {{ $labels.node }} has more to do than cores",
      description: 'For each core {{ $value | printf "%.1f" }} tasks run or wait.',
    },
    {
      name: "NodeMemorySaturated",
      expression: "node:memory:percent > 90", // node-exporter's mixin
      forMinutes: 15,
      severity: "warning",
      summary: "Node {{ $labels.node }} is out of memory soon",
      description: '{{ $value | printf "%.0f" }} % are in use; the kernel kills containers when nothing is left.',
    },
    {
      name: "NodeFilesystemFillingUp",
      // From 85 % on the kubelet throws images away; what still grows is not theirs (imageGCHighThresholdPercent, its default).
      expression: "node:filesystem:percent > 85 and predict_linear(node:filesystem:percent[6h], 24 * 3600) > 100",
      forMinutes: 60,
      severity: "warning",
      summary: "{{ $labels.mountpoint }} of node {{ $labels.node }} is full within a day",
      description: '{{ $value | printf "%.0f" }} % are in use, and it grows as it did in the last 6 hours.',
    },
    {
      name: "NodeFilesystemFull",
      // From 90 % on the kubelet evicts pods (nodefs.available<10%, its default); above that it was not enough.
      expression: "node:filesystem:percent > 95",
      forMinutes: 15,
      severity: "critical",
      summary: "{{ $labels.mountpoint }} of node {{ $labels.node }} is full",
      description: '{{ $value | printf "%.0f" }} % are in use: containers cannot write, and none start.',
    },
    {
      name: "NodeClockSkew",
      // 0.05 s and 16 s: node-exporter's mixin. 16 s is the most that the kernel counts, when nobody corrects the clock.
      expression:
        "max by (node) (abs(node_timex_offset_seconds)) > 0.05 or max by (node) (node_timex_maxerror_seconds) >= 16 and max by (node) (node_timex_sync_status) == 0",
      forMinutes: 10,
      severity: "warning",
      summary: "The clock of node {{ $labels.node }} is wrong",
      description: "It is off, or nobody corrects it. Certificates, tokens and the order of logs depend on it.",
    },
  ],
};
