import type { Sample } from "./measure";
import type { Measured } from "./rounds";
import {
  allEnvironments,
  awsEnvironments,
  calibration,
  growthCounts,
  growthScenario,
  ourBucket,
  singleEnvironments,
  stockBucket,
} from "./scenarios";
import { summarize, type Summary } from "./statistics";

/** A figure of the report. */
export interface Row extends Summary {
  readonly scenario: string;
  readonly figure: string;
  readonly unit: Unit;
  /** What the median may be at most. @default no limit */
  readonly limit?: Limit;
}

export type Unit = "s" | "ms" | "MB" | "kB" | "times" | "count";

export interface Limit {
  readonly value: number;
  /** A budget is this project's own promise; an anchor was measured elsewhere, and is there to compare with. */
  readonly kind: "budget" | "anchor";
}

export type Verdict = "within" | "over" | "no limit";

/** A promise of this project. */
export const budget = (value: number): Limit => ({ value, kind: "budget" });
const anchor = (value: number): Limit => ({ value, kind: "anchor" });

type Results = ReadonlyMap<string, Measured>;

/** The figures of all that was measured; those of the stock layout when it was. */
export function rowsOf(results: Results): readonly Row[] {
  return [...synthRows(results), ...growthRows(results), ...bucketRows(results), cpu(results, calibration)];
}

/** Whether a figure is within its limit. */
export function verdict({ median, limit }: Row): Verdict {
  if (limit === undefined) return "no limit";
  return median <= limit.value ? "within" : "over";
}

/** Whether any budget is exceeded; an anchor is none. */
export function overBudget(rows: readonly Row[]): boolean {
  return rows.some((row) => row.limit?.kind === "budget" && verdict(row) === "over");
}

function synthRows(results: Results): readonly Row[] {
  const { samples, written } = measured(results, allEnvironments);
  const one = (figure: string, unit: Unit, value: number): Row => ({ scenario: allEnvironments, figure, unit, ...summarize([value]) });
  return [
    cpu(results, allEnvironments, budget(3.2)),
    memory(results, allEnvironments, budget(220)),
    { ...one("files loaded", "count", Math.max(...samples.map(({ files }) => files))), limit: budget(1150) },
    one("resources", "count", written.resources),
    one("JSON", "kB", written.bytes / 1000),
    // cdk-eks-blueprints: 276 resources in three environments, with a transpile-only loader.
    cpu(results, awsEnvironments, anchor(2)),
    memory(results, awsEnvironments, anchor(201)),
    ...singleEnvironments.flatMap((name) => [cpu(results, name, anchor(1)), memory(results, name, anchor(150))]),
  ];
}

/** What resources cost: CPU time beyond that of a run that loads the code and composes nothing, compared round by round. */
function growthRows(results: Results): readonly Row[] {
  const base = cpuSeconds(measured(results, growthScenario(0)));
  const beyondLoad = (count: number) => difference(cpuSeconds(measured(results, growthScenario(count))), base);
  const perResource = growthCounts.map((count): Row => {
    const { resources } = measured(results, growthScenario(count)).written;
    const values = beyondLoad(count).map((seconds) => (seconds * 1000) / resources);
    const scenario = `${growthScenario(count)}, ${resources} resources`;
    return { scenario, figure: "CPU per resource", unit: "ms", ...summarize(values), limit: budget(0.8) };
  });
  const doubling = growthCounts.slice(1).map((count, index): Row => {
    const half = growthCounts[index] ?? 0;
    const values = ratio(beyondLoad(count), beyondLoad(half));
    return { scenario: `${count} / ${half} environments`, figure: "CPU", unit: "times", ...summarize(values), limit: budget(2.2) };
  });
  return [...perResource, ...doubling];
}

function bucketRows(results: Results): readonly Row[] {
  const ours = [cpu(results, ourBucket), memory(results, ourBucket)];
  const stock = results.get(stockBucket);
  if (stock === undefined) return ours;
  const against = (name: string): readonly Row[] => {
    const other = measured(results, name);
    const scenario = `${stockBucket} / ${name}`;
    const peaks = ratio(peakMegabytes(stock), peakMegabytes(other));
    return [
      { scenario, figure: "CPU", unit: "times", ...summarize(ratio(cpuSeconds(stock), cpuSeconds(other))) },
      { scenario, figure: "peak memory", unit: "times", ...summarize(peaks) },
    ];
  };
  return [...ours, cpu(results, stockBucket), memory(results, stockBucket), ...against(ourBucket), ...against(allEnvironments)];
}

function cpu(results: Results, scenario: string, limit?: Limit): Row {
  return { scenario, figure: "CPU", unit: "s", ...summarize(cpuSeconds(measured(results, scenario))), ...(limit && { limit }) };
}

function memory(results: Results, scenario: string, limit?: Limit): Row {
  const values = peakMegabytes(measured(results, scenario));
  return { scenario, figure: "peak memory", unit: "MB", ...summarize(values), ...(limit && { limit }) };
}

function measured(results: Results, scenario: string): Measured {
  const found = results.get(scenario);
  if (found === undefined) throw new Error(`${scenario} was not measured`);
  return found;
}

const cpuSeconds = ({ samples }: Measured) => samples.map((sample: Sample) => sample.cpuSeconds);
const peakMegabytes = ({ samples }: Measured) => samples.map((sample: Sample) => sample.peakMegabytes);

const pairwise = (combine: (a: number, b: number) => number) => (left: readonly number[], right: readonly number[]) =>
  left.flatMap((value, index) => {
    const other = right[index];
    return other === undefined ? [] : [combine(value, other)];
  });
const difference = pairwise((a, b) => a - b);
const ratio = pairwise((a, b) => a / b);
