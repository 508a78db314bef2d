import { z } from "zod";
import { flag, kubernetesName, must, oneOf, pattern, text, timeOfDay, whole } from "./fields";

/** Sizes of databases and caches; every target has machines of its own for them. */
const dataSizes = ["small", "medium", "large"] as const;
export type DataSize = (typeof dataSizes)[number];

/** Major versions of PostgreSQL that may be chosen. */
const postgresVersions = ["17", "18"] as const;

/** Extensions that every target has. */
const postgresExtensions = ["pg_stat_statements", "pg_trgm", "pgcrypto", "citext", "uuid-ossp", "vector"] as const;

/** Days of the week, in their order. */
export const weekDays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Fields of the data layer that every environment has. Times are UTC. */
export const dataFields = {
  /** PostgreSQL. */
  database: z.strictObject({
    /** Major version. */
    version: oneOf(postgresVersions),
    /** Name of the database. */
    name: databaseName(),
    /** CPU and memory. */
    size: oneOf(dataSizes),
    /** Volume. 65536 is the limit of RDS. */
    storageGib: whole(1, 65536, "GiB"),
    /** Copies that serve reads. */
    readReplicas: whole(0, 5, "replicas"),
    /** Whether clients share connections to the server: RDS Proxy on AWS, PgBouncer on the laptop. */
    pooling: flag(),
    /** Extensions of the database. */
    extensions: z.array(oneOf(postgresExtensions)),
    /** Connections that the application may have at a time. */
    connections: whole(1, 5000, "connections"),
    /** How long a statement of the application may take. */
    statementTimeoutSeconds: whole(1, 86_400, "seconds"),
    /** Statements that take longer are logged. */
    slowQueryMilliseconds: whole(1, 3_600_000, "milliseconds"),
    /** When the daily backup begins: `HH:MM`. It has an hour. */
    backupAt: timeOfDay(),
    /** The weekly hour for changes by the service, and for upkeep. */
    maintenance: maintenanceWindow(),
    /** What is done to tables and indexes every week. */
    upkeep: z.array(oneOf(["vacuum", "analyze", "reindex"])),
    /** SQL that is run once in a new database, as a path from the project's folder. It may run again, so it has to bear that. @default none */
    seedFile: pattern(
      200,
      /^(?!\/)(?!.*\.\.)[\w./-]+\.sql$/,
      "a path to a file *.sql within the project",
      "name it from the project's folder, e.g. seeds/app.sql",
    ).optional(),
  }),
  /** Valkey, or what speaks the protocol of Redis. */
  cache: z.strictObject({
    /** What serves it. */
    engine: oneOf(["valkey", "redis"]),
    /** CPU and memory of each node. */
    size: oneOf(dataSizes),
    topology: z.discriminatedUnion(
      "kind",
      [
        z.strictObject({
          /** One node. Its loss is an outage. */
          kind: z.literal("single"),
        }),
        z.strictObject({
          /** One primary, and replicas one of which takes over. */
          kind: z.literal("replicated"),
          /** 5 is the limit of ElastiCache. */
          replicas: whole(1, 5, "replicas"),
        }),
        z.strictObject({
          /** Keys are spread over shards. Clients have to speak the cluster's protocol. */
          kind: z.literal("clustered"),
          /** With fewer than three nobody has a majority. 90 is ElastiCache's limit of nodes without an increase. */
          shards: whole(3, 90, "shards"),
          /** Replicas of each shard. */
          replicas: whole(0, 5, "replicas"),
        }),
      ],
      must("single, replicated or clustered", "say how keys are spread"),
    ),
    /** Whether what is cached outlives a restart of all nodes. */
    persistence: flag(),
    /** What gives way when memory is full (Valkey documentation, `maxmemory-policy`). */
    evictionPolicy: oneOf([
      "noeviction",
      "allkeys-lru",
      "allkeys-lfu",
      "allkeys-random",
      "volatile-lru",
      "volatile-lfu",
      "volatile-random",
      "volatile-ttl",
    ]),
    /** How long daily snapshots are kept; 0 switches them off. 35 is the limit of ElastiCache. */
    snapshotRetentionDays: whole(0, 35, "days"),
    /** When the daily snapshot begins: `HH:MM`. It has an hour. */
    snapshotAt: timeOfDay(),
    /** The weekly hour for changes by the service. */
    maintenance: maintenanceWindow(),
  }),
  /** Buckets for objects. */
  objectStore: z.strictObject({
    buckets: z
      .array(
        z.strictObject({
          /** What the bucket is for; the last part of its name. */
          name: kubernetesName(30),
          /** How long replaced and deleted objects can be had back. */
          keepVersionsDays: whole(1, 3650, "days"),
          /** When objects move to an archive, which costs less to keep and more to read. They stay where they are on the laptop. @default never */
          archiveAfterDays: whole(1, 36_500, "days").optional(),
          /** When objects are deleted. @default never */
          expireAfterDays: whole(1, 36_500, "days").optional(),
          /** Whether S3 moves objects that nobody reads to cheaper storage by itself. Nothing to move on the laptop. @default false */
          intelligentTiering: flag().optional(),
          /** How long nobody may delete a version of an object. It can only be chosen when the bucket is made. @default not at all */
          retentionDays: whole(1, 36_500, "days").optional(),
          /** Sites whose pages may use the bucket. @default none */
          cors: z
            .array(
              z.strictObject({
                /** Origins such as `https://app.example.com`. */
                origins: z.array(origin()).min(1, must("at least one origin", "name the site")),
                methods: z.array(oneOf(["GET", "PUT", "POST", "DELETE", "HEAD"])).min(1, must("at least one method", "say what it may do")),
              }),
            )
            .optional(),
        }),
      )
      .min(1, must("at least one bucket", "name what is kept")),
  }),
};

function databaseName() {
  return pattern(63, /^[a-z][a-z0-9_]*$/, "lower-case letters, digits and _, a letter first", "rename the database"); // limit of PostgreSQL
}

function maintenanceWindow() {
  return z.strictObject({
    day: oneOf(weekDays),
    /** `HH:MM`. */
    start: timeOfDay(),
  });
}

function origin() {
  const limit = must("an origin such as https://app.example.com", "leave out path and slash, and name each site: `*` would be everybody");
  return text(255)
    .regex(/^https?:\/\/([a-z0-9-]+\.)*[a-z0-9-]+(:\d{1,5})?$/, limit)
    .refine((value) => Number(/:(\d+)$/.exec(value)?.[1] ?? 443) <= 65535, must("an origin with a port up to 65535", "correct the port"));
}
