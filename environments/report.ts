import { ConfigurationError } from "../constructs/shared/errors";

/** Ends the program with exit code 1: a mistake in the configuration is told without a stack trace, any other with one. */
export function fail(error: unknown): void {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}
