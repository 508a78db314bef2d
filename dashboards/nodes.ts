import { above, noLimit, none, type Limits } from "./limits";
import type { Board, Panel, Unit } from "./panel";
import { inNamespaces } from "./selectors";

interface NodeSeries {
  readonly title: string;
  readonly description: string;
  readonly unit: Unit;
  readonly limits: Limits;
  readonly expression: string;
  /** @default that of the node */
  readonly legend?: string;
  /** The alert that watches it. @default none watches it */
  readonly alert?: string;
}

function ofNodes({ expression, legend = "{{node}}", ...said }: NodeSeries): Panel {
  return { kind: "lines", ...said, ...(said.unit === "percent" ? { max: 100 } : {}), queries: [{ expression, legend }] };
}

/** Nodes by the USE method: how much of each resource is used, how much waits for it, and what goes wrong (B. Gregg). */
export const nodes: Board = {
  uid: "nodes",
  title: "Nodes",
  description: "Nodes: how much of each resource is used, how much waits for it, and what goes wrong (the USE method).",
  tags: ["platform"],
  rows: [
    {
      title: "Nodes",
      panels: [
        {
          kind: "number",
          title: "Nodes",
          description: "That there are.",
          unit: "short",
          limits: noLimit,
          queries: [{ expression: "count(kube_node_info)", legend: "nodes" }],
        },
        {
          kind: "number",
          title: "Nodes that are not ready",
          description: "Their pods are moved after five minutes.",
          unit: "short",
          limits: none,
          alert: "NodeNotReady",
          queries: [
            { expression: 'count(kube_node_status_condition{condition="Ready", status="true"} == 0) or vector(0)', legend: "nodes" },
          ],
        },
        {
          kind: "number",
          title: "Nodes under pressure",
          description: "Of memory, disk or processes: they take no new pods, and end some.",
          unit: "short",
          limits: none,
          alert: "NodePressure",
          queries: [
            {
              expression: 'count(kube_node_status_condition{condition=~".+Pressure", status="true"} == 1) or vector(0)',
              legend: "nodes",
            },
          ],
        },
        {
          kind: "number",
          title: "Nodes that take no new pods",
          description: "Cordoned, for an upgrade or by hand.",
          unit: "short",
          limits: above(1),
          queries: [{ expression: "sum(kube_node_spec_unschedulable) or vector(0)", legend: "nodes" }],
        },
      ],
    },
    {
      title: "Utilization",
      panels: [
        ofNodes({
          title: "CPU in use",
          description: "Over all cores.",
          unit: "percent",
          limits: above(80, 95),
          expression: "node:cpu:percent",
        }),
        ofNodes({
          title: "Memory in use",
          description: "Without what the kernel would give back. Near its end pods are ended.",
          unit: "percent",
          limits: above(90),
          alert: "NodeMemorySaturated",
          expression: "node:memory:percent",
        }),
        ofNodes({
          title: "File systems in use",
          description: "A full one ends pods, and stops images from being pulled.",
          unit: "percent",
          limits: above(85, 95),
          alert: "NodeFilesystemFull",
          expression: "node:filesystem:percent",
          legend: "{{node}} {{mountpoint}}",
        }),
        ofNodes({
          title: "Disks at work",
          description: "Share of the time in which a disk had something to do.",
          unit: "percent",
          limits: above(80, 95),
          expression: "node:disk_io:percent",
        }),
        ofNodes({
          title: "Network, in",
          description: "The most that a node takes depends on its type.",
          unit: "Bps",
          limits: noLimit,
          expression: "node:network_receive:bytes_per_second",
        }),
        ofNodes({
          title: "Network, out",
          description: "The most that a node sends depends on its type.",
          unit: "Bps",
          limits: noLimit,
          expression: "node:network_transmit:bytes_per_second",
        }),
      ],
    },
    {
      title: "Saturation",
      panels: [
        ofNodes({
          title: "Load of a core",
          description: "Tasks that run or wait, by core. Above 1 some wait.",
          unit: "short",
          limits: above(1, 2),
          alert: "NodeCpuSaturated",
          expression: "node:load:per_core",
        }),
        ofNodes({
          title: "Waiting for memory",
          description: "Share of the time in which every task waited for memory (pressure stall information).",
          unit: "percentunit",
          limits: above(0.05, 0.2),
          expression: "max by (node) (rate(node_pressure_memory_stalled_seconds_total[5m]))",
        }),
      ],
    },
    {
      title: "Errors",
      panels: [
        ofNodes({
          title: "Errors of the network",
          description: "Packets that were broken or lost, in and out.",
          unit: "cps",
          limits: above(1),
          expression: "sum by (node) (rate(node_network_receive_errs_total[5m]) + rate(node_network_transmit_errs_total[5m]))",
        }),
        ofNodes({
          title: "Ended for lack of memory",
          description: "Processes that the kernel ended, in an hour.",
          unit: "short",
          limits: above(1),
          expression: "max by (node) (increase(node_vmstat_oom_kill[1h]))",
        }),
      ],
    },
    {
      title: "Who uses them",
      panels: [
        {
          kind: "lines",
          title: "CPU by namespace",
          description: "Cores in use.",
          unit: "short",
          limits: noLimit,
          queries: [{ expression: `namespace:cpu:cores{${inNamespaces}}`, legend: "{{namespace}}" }],
        },
        {
          kind: "lines",
          title: "Memory by namespace",
          description: "Memory in use, without what would be given back.",
          unit: "bytes",
          limits: noLimit,
          queries: [{ expression: `namespace:memory:bytes{${inNamespaces}}`, legend: "{{namespace}}" }],
        },
      ],
    },
  ],
};
