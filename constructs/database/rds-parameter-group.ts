import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { awsNames } from "../shared/naming";
import { connectionLimit, type DatabaseIntent } from "./database";

export interface RdsParameterGroupProps {
  readonly environment: AwsEnvironment;
  readonly name: string;
  readonly intent: DatabaseIntent;
}

/** Settings of servers of one major version. */
export class RdsParameterGroup extends Construct {
  /** Escape hatch. */
  readonly resource: DbParameterGroup;

  constructor(scope: Construct, id: string, { environment, name, intent }: RdsParameterGroupProps) {
    super(scope, id);
    const names = awsNames(environment);
    this.resource = new DbParameterGroup(this, "Resource", {
      name: names.databaseParameterGroup(name, intent.version),
      family: `postgres${intent.version}`,
      description: `PostgreSQL ${intent.version} of ${names.database(name)}`,
      parameter: [...atOnce(intent), ...afterRestart(intent)],
      lifecycle: { createBeforeDestroy: true }, // the instance leaves the old group only when there is another
    });
  }
}

/** What changes while the server runs. */
function atOnce({ slowQueryMilliseconds }: DatabaseIntent) {
  const values = {
    "rds.accepted_password_auth_method": "scram",
    log_connections: 1,
    log_disconnections: 1,
    log_lock_waits: 1,
    log_min_duration_statement: slowQueryMilliseconds,
    log_statement: "ddl",
  };
  return parameters(values, "immediate");
}

/**
 * What a server only reads when it starts: RDS does not restart one for it, that is done by hand. And what RDS takes by default: it
 * lists such values as pending a reboot whatever it was told, and every plan would want them at once again.
 */
function afterRestart(intent: DatabaseIntent) {
  const values = {
    "rds.force_ssl": 1,
    password_encryption: "scram-sha-256", // RDS looks at it when SCRAM is all that it is to accept
    track_io_timing: 1,
    max_connections: connectionLimit(intent),
    shared_preload_libraries: "pg_stat_statements",
  };
  return parameters(values, "pending-reboot");
}

function parameters(values: Readonly<Record<string, string | number>>, applyMethod: string) {
  return Object.entries(values).map(([name, value]) => ({ name, value: String(value), applyMethod }));
}
