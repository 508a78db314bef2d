import type { Problem } from "../../constructs/shared/errors";
import type { Environment } from "../environment";

/** What an environment must satisfy beyond the shape of its single fields. */
export interface Rule<Checked extends Environment = Environment> {
  /** Fields that the rule reads; while one of them is malformed the rule waits. */
  readonly reads: readonly string[];
  check(environment: Checked): readonly Problem[];
}

/** A problem of a field, given by its dotted path within the environment. */
export function problem(environment: Environment, field: string, value: unknown, limit: string, fix: string): Problem {
  const keys = [environment.name, ...field.split(".")];
  return { path: keys.slice(0, -1).join("."), field: keys.at(-1) ?? field, value, limit, fix };
}

/** Values that occur more than once. */
export function repeated<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
