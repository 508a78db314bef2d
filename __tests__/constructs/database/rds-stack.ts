import { onEks } from "../../../constructs/cluster/aws-cluster";
import { RdsPostgres } from "../../../constructs/database/rds-postgres";
import type { DatabaseProps } from "../../../constructs/database/database";
import type { AwsEnvironment } from "../../../environments/environment";
import { databaseProps } from "../../contracts/database";
import { dataStackOf, type DataParts } from "../../data-stack";
import type { SynthesizedStack } from "../../synthesized";

/** Makes the variant under test in a data stack. */
export function makeRds(environment: AwsEnvironment, parts: DataParts, id: string, props: DatabaseProps): RdsPostgres {
  const cluster = onEks(parts.cluster, `${parts.stack.node.path}/${id}`);
  return new RdsPostgres(parts.stack, id, { ...props, environment, cluster, network: parts.network });
}

/** A data stack with nothing but the database. @param use what else is done with it. @default nothing */
export function rdsStackOf(
  environment: AwsEnvironment,
  use: (database: RdsPostgres, parts: DataParts) => void = () => undefined,
): SynthesizedStack {
  return dataStackOf(environment, (parts) => use(makeRds(environment, parts, "Database", databaseProps(parts, "Database")), parts));
}
