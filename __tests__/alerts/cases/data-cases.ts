import type { AlertCase, AlertCases } from "../alert-case";

/** Labels of a series in PromQL. */
function selector(labels: Readonly<Record<string, string>>): string {
  const listed = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return listed.length === 0 ? "" : `{${listed.join(",")}}`;
}

/** A recorded series that stays above its limit, and one that stays at it. */
function above(record: string, labels: Readonly<Record<string, string>>, limit: number, step: number, minutes: number): AlertCase {
  const after = `${minutes + 5}m`;
  const staying = (value: number) => ({ [`${record}${selector(labels)}`]: `${value}x${minutes + 10}` });
  return { fires: { series: staying(limit + step), after, labels }, quiet: { series: staying(limit), after } };
}

const database = { database: "database", node: "database-1" };
const cache = { cache: "cache", node: "cache-0" };

/** Whether a database answers, as the exporters of both targets say it. */
const databaseAnswers = (value: string) => ({
  'cnpg_collector_up{namespace="database",pod="database-1"}': value,
  'pg_up{job="database-exporter"}': value,
});

/** Whether a cache answers, in the cluster and outside of it. */
const cacheAnswers = (value: string) => ({
  'redis_up{namespace="cache",pod="cache-0"}': value,
  'redis_up{job="cache-exporter"}': value,
});

export const dataCases: AlertCases = {
  DatabaseCpu: above("database:cpu:percent", database, 80, 1, 15),
  DatabaseMemory: above("database:memory:percent", database, 90, 1, 15),
  DatabaseStorage: above("database:storage:percent", database, 85, 1, 5),
  DatabaseStorageCritical: above("database:storage:percent", database, 95, 1, 5),
  DatabaseConnections: above("database:connections:percent", database, 80, 1, 5),
  DatabaseReplicationLag: above("database:replication_lag:seconds", { ...database, node: "database-2" }, 30, 1, 5),
  DatabaseBackupAge: above("database:backup_age:hours", { database: "database" }, 26, 1, 60),
  DatabaseDown: {
    fires: { series: databaseAnswers("0x20"), after: "10m", labels: { database: "database" } },
    quiet: { series: databaseAnswers("1x20"), after: "10m" },
  },
  CacheCpu: above("cache:cpu:percent", cache, 80, 1, 15),
  CacheMemory: above("cache:memory:percent", cache, 90, 1, 15),
  CacheEvictions: above("cache:evictions:per_minute", cache, 100, 1, 15),
  CacheConnections: above("cache:connections:percent", cache, 80, 1, 5),
  CacheReplicationLag: above("cache:replication_lag:seconds", { ...cache, node: "cache-1" }, 30, 1, 5),
  CacheDown: {
    fires: { series: cacheAnswers("0x20"), after: "10m", labels: { cache: "cache" } },
    quiet: { series: cacheAnswers("1x20"), after: "10m" },
  },
  GatewayErrors: above("gateway:errors:ratio", {}, 0.01, 0.001, 5),
  GatewayErrorsCritical: above("gateway:errors:ratio", {}, 0.05, 0.001, 5),
};
