import type { AwsEnvironment } from "../../environments/environment";
import type { CloudWatchMetric, PublishedMetric } from "../monitoring/cloudwatch-alarms";
import type { WatchName } from "../monitoring/watches";
import { connectionLimit, type DatabaseIntent } from "./database";
import { instanceClassOf } from "./rds-instance-classes";

export interface RdsMetricsProps {
  readonly environment: AwsEnvironment;
  readonly intent: DatabaseIntent;
  /** Physical names of primary and replicas. */
  readonly identifier: string;
  readonly replicas: readonly string[];
  /** Counts finished backups. */
  readonly backups: PublishedMetric;
}

const gib = 1024 ** 3;

/**
 * Where CloudWatch has what is watched of a database on RDS.
 * @throws ConfigurationError for a class whose memory nobody knows
 */
export function rdsMetrics(props: RdsMetricsProps): Readonly<Record<WatchName<"database">, CloudWatchMetric | undefined>> {
  const { backups, environment, identifier, intent, replicas } = props;
  const { memoryGib } = instanceClassOf(environment, intent);
  const measured = (metric: string, statistic: PublishedMetric["statistic"] = "Average", instance = identifier): PublishedMetric => ({
    namespace: "AWS/RDS",
    metric,
    dimensions: { DBInstanceIdentifier: instance },
    statistic,
  });
  return {
    cpu: measured("CPUUtilization"),
    memory: { expression: used("free", memoryGib), metrics: { free: measured("FreeableMemory") } },
    // Of what the volume was made with: nothing tells how far it has grown. It goes off with the same space left as before.
    storage: { expression: used("free", intent.storageGib), metrics: { free: measured("FreeStorageSpace", "Minimum") } },
    connections: { expression: `100 * used / ${connectionLimit(intent)}`, metrics: { used: measured("DatabaseConnections", "Maximum") } },
    replicationLag: lag(replicas.map((replica) => measured("ReplicaLag", "Maximum", replica))),
    backupAge: { happening: backups },
  };
}

/** Percent in use of something that RDS tells the free bytes of. */
function used(free: string, ofGib: number): string {
  return `100 - 100 * ${free} / ${ofGib * gib}`;
}

/** The lag of the replica that is farthest behind. */
function lag(metrics: readonly PublishedMetric[]): CloudWatchMetric | undefined {
  const [only, ...others] = metrics;
  if (others.length === 0) return only;
  const named = metrics.map((metric, index) => [`lag${index + 1}`, metric] as const);
  return { expression: `MAX([${named.map(([id]) => id).join(", ")}])`, metrics: Object.fromEntries(named) };
}
