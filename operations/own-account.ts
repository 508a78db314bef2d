import { refuse } from "../constructs/shared/errors";
import type { AwsEnvironment } from "../environments/environment";
import { placeholdersOf } from "../environments/placeholders";

/**
 * Refuses an account that nobody owns. The engine would, too (`allowed_account_ids`), but later and in other words.
 * @throws ConfigurationError naming the variable that gives the account
 */
export function requireOwnAccount(environment: AwsEnvironment): void {
  const placeholders = placeholdersOf(environment).filter(({ field }) => field === "accountId");
  refuse(
    placeholders.map(({ field, value, variable }) => ({
      path: environment.name,
      field,
      value,
      limit: "an account of yours",
      fix: variable ? `set ${variable}` : "write the real one",
    })),
  );
}
