import type * as units from "@grafana/grafana-foundation-sdk/units";
import type { Limits } from "./limits";

/** A unit that Grafana knows. */
export type Unit = (typeof units)[keyof typeof units];

/** What is asked. */
export interface Query {
  /** PromQL; LogQL for logs, TraceQL for traces. May hold variables of the dashboard, and `$__range` and `$__rate_interval` of Grafana. */
  readonly expression: string;
  /** Name of a line, with labels of the series: `{{workload}}`; in a table that of the column. */
  readonly legend: string;
  /** In a table, where the column differs from the panel. @default the panel's */
  readonly unit?: Unit;
  /** In a table, where the column differs from the panel. @default the panel's */
  readonly limits?: Limits;
}

/** Something to look at, without its place. */
export interface Panel {
  /**
   * `lines`: over time. `number`: now. `bars`: now, side by side. `table`: now, a row for each set of labels. `logs`: lines of logs.
   * `traces`: a list of traces.
   */
  readonly kind: "lines" | "number" | "bars" | "table" | "logs" | "traces";
  readonly title: string;
  /** What is seen, and what it means when it is out of hand. */
  readonly description: string;
  readonly unit: Unit;
  readonly limits: Limits;
  readonly queries: readonly Query[];
  /** Of 24 columns. @default 6 for a number, 12 for lines and bars, else 24 */
  readonly width?: number;
  /** The alert that watches it: the panel links to its runbook. @default none watches it */
  readonly alert?: string;
  /** Upper end of the axis. @default what the values need */
  readonly max?: number;
  /** Labels that a table shows, in order; others are left out. @default none */
  readonly labels?: readonly string[];
}

/** Panels that belong together. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A dashboard, without its look. */
export interface Board {
  /** Stable: links and bookmarks go by it. At most 40 characters (Grafana). */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Beside those that all of them have. */
  readonly tags: readonly string[];
  /** Whether single workloads can be chosen, beside environment and namespaces. @default false */
  readonly choosesWorkloads?: boolean;
  readonly rows: readonly Row[];
  /** How far it looks back at first. @default 6h */
  readonly since?: string;
}
