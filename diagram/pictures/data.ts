import { ElastiCacheRedis } from "../../constructs/cache/elasticache-redis";
import { InClusterRedis } from "../../constructs/cache/in-cluster-redis";
import { InClusterPostgres } from "../../constructs/database/in-cluster-postgres";
import { RdsPostgres } from "../../constructs/database/rds-postgres";
import { MinioObjectStore } from "../../constructs/object-store/minio-object-store";
import { S3ObjectStore } from "../../constructs/object-store/s3-object-store";
import type { Environment } from "../../environments/environment";
import { counted, painter, type Painter } from "../painter";

const database = { id: "database", title: "Database", look: "data" } as const;
const cache = { id: "cache", title: "Cache", look: "data" } as const;

/** Id of the box that stands for the object store; its buckets have boxes of their own. */
export const objectStoreId = "object-store";
const objectStore = { id: objectStoreId, title: "Object store", look: "data" } as const;

const engineNames = { valkey: "Valkey", redis: "Redis" } as const;

/** Draws what workloads keep. */
export const dataPainters: readonly Painter[] = [
  painter(RdsPostgres, database, ({ proxy, replicas, resource }, environment) => [
    `RDS for PostgreSQL ${environment.database.version}`,
    `${resource.instanceClassInput}, ${resource.multiAzInput === true ? "Multi-AZ" : "one zone"}`,
    ...(proxy ? ["through RDS Proxy"] : []),
    ...readReplicas(replicas.length),
    ...databaseBackups(environment),
  ]),
  painter(InClusterPostgres, database, (_, environment) => [
    `PostgreSQL ${environment.database.version} by CloudNativePG`,
    "in the cluster",
    ...(environment.database.pooling ? ["through PgBouncer"] : []),
    ...readReplicas(environment.database.readReplicas),
    ...databaseBackups(environment),
  ]),
  painter(ElastiCacheRedis, cache, ({ resource }, { cache: { engine, topology } }) => [
    `ElastiCache for ${engineNames[engine]} ${resource.engineVersionInput}`,
    `${resource.nodeTypeInput}`,
    topologyOf(topology),
  ]),
  painter(InClusterRedis, cache, (_, { cache: { engine, topology } }) => [engineNames[engine], "in the cluster", topologyOf(topology)]),
  painter(S3ObjectStore, objectStore, () => ["S3, own key"]),
  painter(MinioObjectStore, objectStore, () => ["MinIO in the cluster"]),
];

function readReplicas(count: number): readonly string[] {
  return count === 0 ? [] : [counted(count, "read replica")];
}

function databaseBackups({ backupRetentionDays }: Environment): readonly string[] {
  return [backupRetentionDays === 0 ? "no backups" : `backups of ${counted(backupRetentionDays, "day")}`];
}

function topologyOf(topology: Environment["cache"]["topology"]): string {
  switch (topology.kind) {
    case "single":
      return "one node";
    case "replicated":
      return `a primary and ${counted(topology.replicas, "replica")}`;
    case "clustered":
      return `${counted(topology.shards, "shard")} with ${counted(topology.replicas, "replica")} each`;
  }
}
