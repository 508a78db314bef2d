import { onEks } from "../../../constructs/cluster/aws-cluster";
import { RdsPostgres } from "../../../constructs/database/rds-postgres";
import type { AwsEnvironment } from "../../../environments/environment";
import { databaseProps } from "../../contracts/database";
import { dataStackOf, type DataParts } from "../../data-stack";
import type { SynthesizedStack } from "../../synthesized";

/** Makes the variant under test in a data stack. */
export function makeRds(parts: DataParts, id: string, props = databaseProps(parts, id)): RdsPostgres {
  const environment = props.setting.environment as AwsEnvironment;
  const cluster = onEks(parts.cluster, `${parts.stack.node.path}/${id}`);
  return new RdsPostgres(parts.stack, id, { ...props, environment, cluster, network: parts.network });
}

/** A data stack with nothing but the database. @param use what else is done with it. @default nothing */
export function rdsStackOf(
  environment: AwsEnvironment,
  use: (database: RdsPostgres, parts: DataParts) => unknown = () => undefined,
): SynthesizedStack {
  return dataStackOf(environment, (parts) => use(makeRds(parts, "Database"), parts));
}
