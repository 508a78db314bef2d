import { seriesOf } from "../constructs/monitoring/signals";
import { above, below, noLimit, type Limits } from "./limits";
import type { Board, Panel } from "./panel";
import { inNamespaces } from "./selectors";

/** Beyond this nobody plans, and a line that is nearly flat says nothing. */
const farthestDays = 365;

/** Days until a share of 100 % is used up at the pace of the last days; {@link farthestDays} where it does not grow. */
function daysLeft(series: string): string {
  const perDay = `(deriv(${series}[3d]) * 86400)`;
  return `clamp_max((100 - ${series}) / (${perDay} > 0), ${farthestDays}) or ${series} * 0 + ${farthestDays}`;
}

interface Filling {
  readonly title: string;
  readonly description: string;
  /** Share of 100 %. */
  readonly series: string;
  readonly legend: string;
  readonly limits: Limits;
  readonly alert: string;
}

/** A share of 100 %, and where it will be in a week if it goes on. */
function trend({ alert, description, legend, limits, series, title }: Filling): Panel {
  return {
    kind: "lines",
    title,
    description: `${description} The second line is where it will be in a week, at the pace of the last three days.`,
    unit: "percent",
    limits,
    alert,
    queries: [
      { expression: series, legend },
      { expression: `clamp_min(predict_linear(${series}[3d], 7 * 86400), 0)`, legend: `${legend} in a week` },
    ],
  };
}

/** How long it takes until nothing is left, at the pace of late. */
function left({ alert, description, legend, series, title }: Omit<Filling, "limits">): Panel {
  return {
    kind: "bars",
    title,
    description: `${description} ${farthestDays} is a year or more, or no growth.`,
    unit: "d",
    limits: below(30, 7),
    max: farthestDays,
    alert,
    queries: [{ expression: series, legend }],
  };
}

const databaseStorage = seriesOf("database", "storage");
const cpuRequests = "cluster:cpu_requests:percent";
const memoryRequests = "cluster:memory_requests:percent";
const volume = "{{namespace}}/{{persistentvolumeclaim}}";

/** What fills up, how fast, and when it is full. */
export const capacity: Board = {
  uid: "capacity",
  title: "Capacity",
  description: "What fills up, how fast, and when it is full: look once a week, and order what takes long to come.",
  tags: ["platform"],
  since: "7d",
  rows: [
    {
      title: "Days left",
      panels: [
        left({
          title: "Volumes",
          description: "Until they are full. Those that are folders of a node, as on a laptop, are not measured.",
          series: `sort(clamp_max(volume:days_left:days{${inNamespaces}}, ${farthestDays}))`,
          legend: volume,
          alert: "VolumeFillingUp",
        }),
        left({
          title: "Volume of the database",
          description: "Until it is full.",
          series: daysLeft(databaseStorage),
          legend: "{{database}} {{node}}",
          alert: "DatabaseStorage",
        }),
        left({
          title: "CPU of the cluster",
          description: "Until all of it is promised to pods.",
          series: daysLeft(cpuRequests),
          legend: "CPU",
          alert: "CapacityCpuShort",
        }),
        left({
          title: "Memory of the cluster",
          description: "Until all of it is promised to pods.",
          series: daysLeft(memoryRequests),
          legend: "memory",
          alert: "CapacityMemoryShort",
        }),
      ],
    },
    {
      title: "Trends",
      panels: [
        trend({
          title: "CPU that pods ask for",
          description: "Of all nodes. At 100 % no pod finds a place, unless nodes are added.",
          series: cpuRequests,
          legend: "CPU",
          limits: above(90),
          alert: "CapacityCpuShort",
        }),
        trend({
          title: "Memory that pods ask for",
          description: "Of all nodes. At 100 % no pod finds a place, unless nodes are added.",
          series: memoryRequests,
          legend: "memory",
          limits: above(90),
          alert: "CapacityMemoryShort",
        }),
        trend({
          title: "Volumes",
          description: "A full one stops who writes to it.",
          series: `volume:used:percent{${inNamespaces}}`,
          legend: volume,
          limits: above(85, 97),
          alert: "VolumeFillingUp",
        }),
        trend({
          title: "Volume of the database",
          description: "A full one stops all writes.",
          series: databaseStorage,
          legend: "{{database}} {{node}}",
          limits: above(85, 95),
          alert: "DatabaseStorage",
        }),
        {
          kind: "lines",
          title: "Buckets",
          description: "They are never full, but they cost.",
          unit: "bytes",
          limits: noLimit,
          queries: [{ expression: seriesOf("objectStore", "size"), legend: "{{bucket}}" }],
        },
        {
          kind: "lines",
          title: "Series of Prometheus",
          description: "Its memory and its volume follow them. The expected number is in the environment: `observability.metrics.series`.",
          unit: "short",
          limits: noLimit,
          queries: [{ expression: "sum by (pod) (prometheus_tsdb_head_series)", legend: "{{pod}}" }],
        },
      ],
    },
    {
      title: "Who asks for it, and who uses it",
      panels: [
        {
          kind: "table",
          title: "Namespaces",
          description: "What pods ask for is set aside for them, used or not. A share far below 100 % is paid for and not used.",
          unit: "percentunit",
          limits: noLimit,
          labels: ["namespace"],
          queries: [
            { expression: `namespace:cpu:cores{${inNamespaces}}`, legend: "cores in use", unit: "short" },
            { expression: `namespace:cpu_requests:cores{${inNamespaces}}`, legend: "cores asked for", unit: "short" },
            {
              expression: `namespace:cpu:cores{${inNamespaces}} / on (namespace) namespace:cpu_requests:cores{${inNamespaces}}`,
              legend: "of CPU",
              limits: above(1),
            },
            { expression: `namespace:memory:bytes{${inNamespaces}}`, legend: "memory in use", unit: "bytes" },
            { expression: `namespace:memory_requests:bytes{${inNamespaces}}`, legend: "memory asked for", unit: "bytes" },
            {
              expression: `namespace:memory:bytes{${inNamespaces}} / on (namespace) namespace:memory_requests:bytes{${inNamespaces}}`,
              legend: "of memory",
              limits: above(1),
            },
          ],
        },
      ],
    },
  ],
};
