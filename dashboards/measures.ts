import { serves, type Application, type ServingIntent } from "../applications/application";
import { noLimit } from "./limits";
import type { Panel } from "./panel";
import { capitalized } from "./signal-panel";

type Measure = NonNullable<ServingIntent["measures"]>[string];

/** Something of the business that a workload counts, and where. */
export interface PlacedMeasure {
  readonly application: string;
  readonly workload: string;
  /** Name of the metric. */
  readonly metric: string;
  readonly measure: Measure;
}

/** What applications count of the business, in their order. */
export function measuresOf(applications: readonly Application[]): readonly PlacedMeasure[] {
  return applications.flatMap(({ name: application, workloads }) =>
    Object.entries(workloads).flatMap(([workload, intent]) =>
      Object.entries((serves(intent) ? intent.measures : undefined) ?? {}).map(([metric, measure]) => ({
        application,
        workload,
        metric,
        measure,
      })),
    ),
  );
}

/** The sum now or, of what only grows, in the time that is looked at; and how it went. */
export function measurePanels({ application, measure: { kind, summary, unit }, metric, workload }: PlacedMeasure): readonly Panel[] {
  const of = `namespace=~"$namespace", namespace="${application}", workload="${workload}"`;
  const counts = kind === "counter";
  const said = { unit: "short", limits: noLimit } as const;
  const whose = `Counted by ${application}/${workload}, in ${unit}.`;
  return [
    {
      ...said,
      kind: "number",
      width: 8,
      title: `${capitalized(summary)}${counts ? " in this time" : ""}`,
      description: whose,
      queries: [{ expression: counts ? `sum(increase(${metric}{${of}}[$__range]))` : `sum(${metric}{${of}})`, legend: unit }],
    },
    {
      ...said,
      kind: "lines",
      width: 16,
      title: `${capitalized(summary)}${counts ? " in an hour" : " over time"}`,
      description: whose,
      queries: [{ expression: counts ? `sum(increase(${metric}{${of}}[1h]))` : `sum(${metric}{${of}})`, legend: unit }],
    },
  ];
}
