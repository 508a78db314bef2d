import { ConfigurationError } from "../constructs/shared/errors";
import type { Placeholder } from "./placeholders";

/** Says on standard error which values are stand-ins, and how to give the real ones. */
export function reportPlaceholders(placeholders: readonly Placeholder[]): void {
  if (placeholders.length === 0) return;
  const lines = placeholders.map(({ environment, field, value }) => `  ${environment}: ${field} is ${value}`);
  console.error(
    `${placeholders.length} values are placeholders. They synthesize, but Terraform refuses to run with them ` +
      `(allowed_account_ids). The README lists the variables that replace them.\n${lines.join("\n")}`,
  );
}

/** Ends the program with exit code 1: a mistake in the configuration is told without a stack trace, any other with one. */
export function fail(error: unknown): void {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}
