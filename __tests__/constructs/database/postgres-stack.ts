import { InClusterPostgres } from "../../../constructs/database/in-cluster-postgres";
import { catalogFor } from "../../../constructs/catalog";
import type { DatabaseProps } from "../../../constructs/database/database";
import type { Environment } from "../../../environments/environment";
import { databaseProps } from "../../contracts/database";
import { dataStackOf, type DataParts } from "../../data-stack";
import type { SynthesizedStack } from "../../synthesized";

/** Makes a database in the cluster as the catalog does: with the identities of the environment. */
export function makePostgres({ stack, setting, cluster }: DataParts, id: string, props: DatabaseProps): InClusterPostgres {
  const catalog = catalogFor(setting.environment);
  return new InClusterPostgres(stack, id, {
    ...props,
    identity: (scope, identityId, given) => catalog.workloadIdentity(scope, identityId, { ...given, setting, cluster }),
  });
}

/** A data stack with one such database, and what it gives away. */
export function postgresOf(
  environment: Environment,
  more: Partial<DatabaseProps> = {},
): { readonly stack: SynthesizedStack; readonly database: InClusterPostgres } {
  const made: InClusterPostgres[] = [];
  const stack = dataStackOf(environment, (parts) => {
    made.push(makePostgres(parts, "Database", { ...databaseProps(parts, "Database"), ...more }));
  });
  const [database] = made;
  if (!database) throw new Error("no database was made");
  return { stack, database };
}
