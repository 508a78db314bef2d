import type { EnvironmentName } from "../../environments/environment";
import { overrides, valuesVariable, variableName } from "../../environments/variables";
import type { CommandResult } from "../run-command";

/** What a check found out. */
export interface Finding {
  /** What was looked at, e.g. `docker`. */
  readonly check: string;
  /** `missing`: it does not work without; `warn`: it may. */
  readonly status: "ok" | "warn" | "missing";
  /** What was found, e.g. a version. Never a secret. */
  readonly found: string;
  /** How to get what is missing. */
  readonly advice?: string;
}

/** A check that fails for a reason of its own is a warning, never the end of all others. */
export async function guarded(check: string, look: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    const found = `not checked: ${firstLine(error instanceof Error ? error.message : String(error))}`;
    return { check, status: "warn", found };
  }
}

/** The answer of a command; undefined when it did not end well. */
export function answerOf(result: CommandResult): string | undefined {
  return result.outcome === "ended" && result.exitCode === 0 ? result.stdout : undefined;
}

/** Why a command gave no answer, on one line. */
export function failureOf(result: CommandResult): string {
  switch (result.outcome) {
    case "missing":
      return "not found";
    case "timed-out":
      return `no answer within ${result.seconds} s`;
    case "ended":
      return firstLine(result.stderr) || firstLine(result.stdout) || `ended with ${result.exitCode}`;
  }
}

/** The variable that gives a field of an environment from outside. */
export function variableFor(environment: EnvironmentName, path: readonly string[]): string {
  const override = overrides[environment].find((candidate) => candidate.path.join() === path.join());
  return override === undefined ? valuesVariable : variableName(environment, override);
}

/** First line with text, cut to fit a table. */
function firstLine(text: string): string {
  const line = text.split("\n").find((candidate) => candidate.trim() !== "") ?? "";
  return line.trim().slice(0, 120);
}
