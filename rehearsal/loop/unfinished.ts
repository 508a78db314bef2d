import { stepsOf, type StackResult } from "./environment-rehearsal";
import { RehearsalError } from "./rehearsal-error";
import type { ScopedStack } from "./scopes";

/** Stacks that have not every step behind them, though nothing has failed: a success must not come from what was left out. */
export function unfinished(scoped: readonly ScopedStack[], results: readonly StackResult[]): readonly RehearsalError[] {
  return scoped.flatMap(({ stack: { name }, scope }) => {
    const result = results.find(({ stack }) => stack === name);
    const missing = stepsOf[scope].filter((step) => result?.seconds[step] === undefined);
    if (missing.length === 0 && (scope === "applied" || result?.destroyed)) return [];
    return [new RehearsalError(name, `was not rehearsed to its end; missing: ${missing.join(", ") || "its end"}`)];
  });
}
