import type { Problem } from "../../constructs/shared/errors";
import type { Environment } from "../environment";
import { placeOf } from "../place";
import { hoursOverlap } from "../time-of-day";

/** What an environment must satisfy beyond the shape of its single fields. */
export interface Rule<Checked extends Environment = Environment> {
  /** Fields that the rule reads; while one of them is malformed the rule waits. */
  readonly reads: readonly string[];
  check(environment: Checked): readonly Problem[];
}

/** What environments must satisfy together. */
export interface FleetRule {
  /** Fields that the rule reads; an environment in which one of them is malformed is left out. */
  readonly reads: readonly string[];
  check(environments: readonly Environment[]): readonly Problem[];
}

/** A problem of a field, given by its dotted path within the environment. */
export function problem(environment: Environment, field: string, value: unknown, limit: string, fix: string): Problem {
  return { ...placeOf(environment.name, field.split(".")), value, limit, fix };
}

/** A problem for each element of a list that is the same as an earlier one. */
export function repetitions(environment: Environment, field: string, list: readonly string[]): readonly Problem[] {
  return list.flatMap((value, index) => {
    const first = list.indexOf(value);
    return first < index
      ? [problem(environment, `${field}.${index}`, value, `different from ${field.split(".").at(-1)}.${first}`, "remove the repetition")]
      : [];
  });
}

/**
 * A problem when the daily hour that begins at a field's time of day and the weekly hour of maintenance have a minute in common. What is daily
 * meets it on any day of the week.
 */
export function hoursInConflict(environment: Environment, field: string, daily: string, weekly: string): readonly Problem[] {
  if (!hoursOverlap(daily, weekly)) return [];
  const limit = `at least an hour before or after maintenance.start, which is ${weekly}`;
  return [problem(environment, field, daily, limit, "move one of them: each takes an hour")];
}
