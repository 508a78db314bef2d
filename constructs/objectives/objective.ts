import type { Application, ServingIntent } from "../../applications/application";
import { serves } from "../../applications/application";
import { rounded } from "./burn-rates";

/** What users may expect of a workload, as it is declared. */
export type Objective = NonNullable<ServingIntent["objectives"]>[number];

/** An objective with the workload that it is of. */
export interface PlacedObjective {
  readonly objective: Objective;
  /** Labels of all its series. */
  readonly labels: { readonly namespace: string; readonly workload: string; readonly objective: string };
}

/** Name of an objective, unique in its workload: label `objective` of its series. */
export function objectiveName(objective: Objective): string {
  return objective.kind === "availability" ? `availability-${objective.of}` : `latency-${objective.belowMilliseconds}ms`;
}

/** Share that may fail, 0 to 1. */
export function budgetOf({ target }: Objective): number {
  return rounded((100 - target) / 100);
}

/** All objectives of an application. */
export function objectivesOf({ name: namespace, workloads }: Application): readonly PlacedObjective[] {
  return Object.entries(workloads).flatMap(([workload, intent]) =>
    (serves(intent) ? (intent.objectives ?? []) : []).map((objective) => ({
      objective,
      labels: { namespace, workload, objective: objectiveName(objective) },
    })),
  );
}
