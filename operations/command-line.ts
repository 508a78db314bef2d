import type { Command } from "commander";
import { ConfigurationError } from "../constructs/shared/errors";
import { overrides, selectionVariable, todayVariable, valuesVariable, variableName } from "../environments/variables";
import { OperationError } from "./operation-error";

/** Runs a command to its end and sets the exit code; what a person can mend is told without a stack trace. */
export async function runProgram(program: Command): Promise<void> {
  try {
    await program.showHelpAfterError("Say --help for what there is.").parseAsync();
  } catch (error) {
    const forPeople = error instanceof ConfigurationError || error instanceof OperationError;
    console.error(forPeople ? error.message : error);
    process.exitCode = error instanceof OperationError ? error.exitCode : 1;
  }
}

/** The variables that give values from outside, for the help of a command. */
export function variablesHelp(): string {
  const lines = [
    [selectionVariable, "environments to work with, separated by commas"],
    [valuesVariable, 'a JSON file { "<environment>": { ... } } with any fields of an environment'],
    [todayVariable, "day that ends of support are compared with, YYYY-MM-DD, instead of today"],
    ...overrides.local.map((override) => [variableName("local", override), override.about]),
    ...overrides.dev.map((override) => [variableName("dev", override), override.about]),
  ];
  const width = Math.max(...lines.map(([name = ""]) => name.length));
  return [
    "\nVariables (those of dev exist for STAGING and PROD, too; lists are separated by commas):",
    ...lines.map(([name = "", about = ""]) => `  ${name.padEnd(width)}  ${about}`),
  ].join("\n");
}

/** Names from the command line; none means that the environment variables decide. */
export function chosen(names: readonly string[]): { readonly names?: readonly string[] } {
  return names.length > 0 ? { names } : {};
}
