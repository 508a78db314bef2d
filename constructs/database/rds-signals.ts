import type { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { byNode } from "../monitoring/by-node";
import type { PublishedMetric } from "../monitoring/cloudwatch-alarms";
import { cloudWatchJob, cloudWatchSeriesOf, dimensionLabel } from "../monitoring/cloudwatch-series";
import type { SignalExpressions } from "../monitoring/signals";
import { connectionLimit, type DatabaseIntent } from "./database";
import { postgresJob } from "./postgres-exporter";
import { instanceClassOf } from "./rds-instance-classes";

export interface RdsSignalsProps {
  readonly environment: AwsEnvironment;
  readonly intent: DatabaseIntent;
  /** Last part of its name. */
  readonly name: string;
  /** Physical names of primary and replicas. */
  readonly identifier: string;
  readonly replicas: readonly string[];
  /** Counts finished backups. */
  readonly backups: PublishedMetric;
}

const gib = 1024 ** 3;
const instance = "DBInstanceIdentifier";

/** Signals of a database on RDS: of its machines and volumes by CloudWatch, of PostgreSQL by the exporter that asks the primary. */
export function rdsSignals(scope: Construct, props: RdsSignalsProps): SignalExpressions<"database"> {
  const { backups, environment, identifier, intent, name, replicas } = props;
  const series = cloudWatchSeriesOf(scope);
  const of = (metric: string, statistic: PublishedMetric["statistic"], instances: readonly string[]) =>
    series.of({ name: identifier, namespace: "AWS/RDS", metric, statistic }, ...instances.map((each) => ({ [instance]: each })));
  const each = (metric: string, statistic: PublishedMetric["statistic"] = "Average") => of(metric, statistic, [identifier, ...replicas]);
  const perNode = (expression: string) => byNode(expression, dimensionLabel(instance));
  const own = (metric: string) => `${metric}{job="${postgresJob(name)}", datname="${intent.name}"}`;
  const counted = (column: string) => `sum(rate(${own(`pg_stat_database_${column}`)}[5m]))`;
  return {
    up: `max(pg_up{job="${postgresJob(name)}"}) or vector(0)`,
    cpu: perNode(each("CPUUtilization")),
    memory: perNode(used(each("FreeableMemory"), instanceClassOf(environment, intent).memoryGib)),
    // Of what the volume was made with: nothing tells how far it has grown. It goes off with the same space left as before.
    storage: perNode(used(each("FreeStorageSpace", "Minimum"), intent.storageGib)),
    connections: perNode(`100 * ${each("DatabaseConnections", "Maximum")} / ${connectionLimit(intent)}`),
    replicationLag: replicas.length > 0 ? perNode(of("ReplicaLag", "Maximum", replicas)) : undefined, // nobody follows
    backupAge: hoursSince(series.of({ ...backups, name: identifier, periodSeconds: 300, lookBackSeconds: 1800 }, backups.dimensions)),
    size: `max(${own("pg_database_size_bytes")})`,
    transactions: `${counted("xact_commit")} + ${counted("xact_rollback")}`,
    deadlocks: `60 * ${counted("deadlocks")}`,
    cacheHits: `${counted("blks_hit")} / (${counted("blks_hit")} + ${counted("blks_read")} > 0)`,
  };
}

/** Percent in use of something that RDS tells the free bytes of. */
function used(free: string, ofGib: number): string {
  return `100 - 100 * ${free} / ${ofGib * gib}`;
}

/**
 * Hours since something happened that is published when it happens, up to half an hour too few. As long as nobody has seen it happen, it
 * is as long ago as somebody has been looking: three days at most, and two would be too much.
 */
function hoursSince(happening: string): string {
  const seen = `max(max_over_time(timestamp(${happening} > 0)[3d:10m]))`;
  const looking = `min(min_over_time(timestamp(up{job="${cloudWatchJob}"} == 1)[3d:10m]))`;
  return `(time() - (${seen} or ${looking})) / 3600`;
}
