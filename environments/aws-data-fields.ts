import { z } from "zod";
import { regions } from "./aws-regions";
import { logRetentionDays, must, oneOf, pattern, whole } from "./fields";

/** Fields of the data layer that only environments on AWS have. */
export const awsDataFields = {
  /** The database, where RDS knows more than the intent says. */
  rds: z.strictObject({
    /** Class of the instances. @default the one of the database's size */
    instanceClass: pattern(32, /^db\.[a-z0-9]+\.[a-z0-9]+$/, "a class of RDS such as db.m7g.large", "choose one for PostgreSQL").optional(),
    storage: z.strictObject({
      type: oneOf(["gp3", "io2"]),
      /** The volume grows by itself up to here. 65536 is the limit of RDS. */
      maxGib: whole(20, 65536, "GiB"),
      /** @default what the volume brings */
      iops: whole(1000, 256_000, "operations per second").optional(),
    }),
    /** How often the operating system is measured; 0 switches it off. */
    monitoringSeconds: monitoringInterval(),
    /** CloudWatch Database Insights: `advanced` keeps 15 months, `standard` a week. */
    insights: oneOf(["standard", "advanced"]),
    /** How long logs are kept. */
    logRetentionDays: logRetentionDays(),
    /** How often the administrator's password changes. It stays the same where there are replicas: RDS looks after none then. */
    passwordRotationDays: whole(1, 1000, "days"), // secretsmanager:RotateSecret
    /** Backups that are kept longer than RDS does, by AWS Backup. @default none */
    archive: z
      .strictObject({
        /** How long a monthly backup is kept. */
        keepDays: whole(36, 36_500, "days"),
        /** When it moves to cold storage, where it has to stay for 90 days. AWS Backup has none for RDS yet, and keeps it warm. @default never */
        coldAfterDays: whole(1, 36_410, "days").optional(),
      })
      .optional(),
  }),
  /** The cache, where ElastiCache knows more than the intent says. */
  elasticache: z.strictObject({
    /** Type of the nodes. @default the one of the cache's size */
    nodeType: pattern(32, /^cache\.[a-z0-9]+\.[a-z0-9]+$/, "a type of ElastiCache such as cache.m7g.large", "choose another").optional(),
    /** How long logs are kept. */
    logRetentionDays: logRetentionDays(),
  }),
  /** The buckets, where S3 knows more than the intent says. */
  s3: z.strictObject({
    /** How long logs of requests are kept. */
    accessLogRetentionDays: whole(1, 3650, "days"),
    /** Where every new object is copied to. @default nowhere */
    replication: z
      .strictObject({
        /** Region of the copies. */
        region: oneOf(regions),
        /** Account that owns the copies. It lets this one write: docs/capabilities/object-store.md. */
        accountId: pattern(12, /^\d{12}$/, "12 digits", "look it up with `aws sts get-caller-identity`"),
        /** Key in that region that encrypts the copies. */
        keyArn: pattern(
          200,
          /^arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]{36}$/,
          "the ARN of a KMS key",
          "look it up in the other account",
        ),
      })
      .optional(),
  }),
};

/** Intervals of enhanced monitoring, in seconds (rds:CreateDBInstance, MonitoringInterval). */
function monitoringInterval() {
  const accepted = [0, 1, 5, 10, 15, 30, 60];
  const limit = must(`an interval of RDS: ${accepted.join(", ")} (seconds)`, "choose the next longer one");
  return z.number(limit).refine((seconds) => accepted.includes(seconds), limit);
}
