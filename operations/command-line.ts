import type { Command } from "commander";
import { ConfigurationError } from "../constructs/shared/errors";
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

/** Names from the command line; none means that the environment variables decide. */
export function chosen(names: readonly string[]): { readonly names?: readonly string[] } {
  return names.length > 0 ? { names } : {};
}
