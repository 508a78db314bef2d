import { otherConnections } from "../../constructs/database/database";
import { mostConnections, rdsClassOfSize, rdsInstanceClasses } from "../../constructs/database/rds-instance-classes";
import type { Problem } from "../../constructs/shared/errors";
import type { AwsEnvironment } from "../environment";
import { problem, type Rule } from "./rule";

/** Smallest volumes, in GiB (rds:CreateDBInstance, AllocatedStorage). */
const leastGib = { gp3: 20, io2: 100 } as const;

/** From here on RDS stripes volumes of gp3, and IOPS can be chosen (RDS user guide, "Amazon RDS DB instance storage"). */
const leastStripedGib = 400;

/** Days that AWS Backup charges for whatever it moves to cold storage (backup:CreateBackupPlan, Lifecycle). */
const shortestColdDays = 90;

/** The class that is asked for by name, or by size. */
const instanceClass: Rule<AwsEnvironment> = {
  reads: ["name", "highlyAvailable", "database.size", "database.version", "rds.instanceClass"],
  check: (environment) => {
    const { database, rds } = environment;
    const [field, value] = rds.instanceClass ? ["rds.instanceClass", rds.instanceClass] : ["database.size", database.size];
    const chosen = rdsInstanceClasses[classOf(environment)];
    if (chosen === undefined) {
      const limit = `a class that RDS has for PostgreSQL ${database.version}, e.g. ${rdsClassOfSize.medium}`;
      return [problem(environment, field, value, limit, "choose another, or leave it out: the size chooses one")];
    }
    if (!chosen.burstable || !(environment.highlyAvailable || environment.name === "prod")) return [];
    const limit = `one that is not burstable, in prod and where highlyAvailable is true (${classOf(environment)} is)`;
    return [problem(environment, field, value, limit, "choose a larger one: it slows down when its credits are used up")];
  },
};

const connections: Rule<AwsEnvironment> = {
  reads: ["database.connections", "database.size", "rds.instanceClass"],
  check: (environment) => {
    const chosen = rdsInstanceClasses[classOf(environment)];
    if (chosen === undefined) return [];
    const { connections } = environment.database;
    const most = mostConnections(chosen) - otherConnections;
    const limit = `at most ${most} on ${classOf(environment)}, which has ${chosen.memoryGib} GiB of memory`;
    const fix = "lower it, or choose a larger instance: each connection takes memory";
    return connections <= most ? [] : [problem(environment, "database.connections", connections, limit, fix)];
  },
};

const volume: Rule<AwsEnvironment> = {
  reads: ["database.storageGib", "rds.storage.type", "rds.storage.maxGib"],
  check: (environment) => {
    const { storageGib } = environment.database;
    const { type, maxGib } = environment.rds.storage;
    const leastGrown = Math.ceil((storageGib * 11) / 10);
    return [
      ...(storageGib < leastGib[type]
        ? [problem(environment, "database.storageGib", storageGib, `at least ${leastGib[type]} (GiB) with ${type}`, "raise it")]
        : []),
      ...(maxGib === storageGib || maxGib >= leastGrown
        ? []
        : [
            problem(
              environment,
              "rds.storage.maxGib",
              maxGib,
              `storageGib, which is ${storageGib}, or at least ${leastGrown} (GiB)`,
              "raise it: a volume grows by a tenth at least, or not at all",
            ),
          ]),
    ];
  },
};

const iops: Rule<AwsEnvironment> = {
  reads: ["database.storageGib", "rds.storage.type", "rds.storage.iops"],
  check: (environment) => {
    const { storageGib } = environment.database;
    const { type, iops } = environment.rds.storage;
    if (type === "gp3" && storageGib < leastStripedGib) {
      const limit = `left out with gp3 below ${leastStripedGib} GiB`;
      return iops === undefined ? [] : [iopsProblem(environment, limit, "remove it: such a volume has 3,000 and takes no others")];
    }
    if (iops === undefined) {
      return type === "gp3" ? [] : [iopsProblem(environment, `given with ${type}`, "add it: the volume brings none of its own")];
    }
    const { min, max } = iopsRange(type, storageGib);
    return min <= iops && iops <= max
      ? []
      : [iopsProblem(environment, `from ${min} to ${max} with ${type} and ${storageGib} GiB`, "change it, or the size of the volume")];
  },
};

/**
 * IOPS of a volume. Half of one for each GiB at least, and at most 50 with gp3 (rds:CreateDBInstance, Iops) and 1,000 with io2; striped
 * gp3 begins with 12,000 and ends with 64,000, io2 with 256,000 (RDS user guide, "Amazon RDS DB instance storage").
 */
function iopsRange(type: "gp3" | "io2", gib: number): { readonly min: number; readonly max: number } {
  const least = Math.ceil(gib / 2);
  return type === "gp3"
    ? { min: Math.max(12_000, least), max: Math.min(64_000, gib * 50) }
    : { min: Math.max(1000, least), max: Math.min(256_000, gib * 1000) };
}

function iopsProblem(environment: AwsEnvironment, limit: string, fix: string): Problem {
  return problem(environment, "rds.storage.iops", environment.rds.storage.iops, limit, fix);
}

/** A replica begins as a backup of its source (rds:CreateDBInstanceReadReplica). */
const replicas: Rule<AwsEnvironment> = {
  reads: ["database.readReplicas", "backupRetentionDays"],
  check: (environment) => {
    const { backupRetentionDays, database } = environment;
    if (database.readReplicas === 0 || backupRetentionDays > 0) return [];
    const fix = "raise backupRetentionDays: a replica begins as a backup";
    return [problem(environment, "database.readReplicas", database.readReplicas, "0 where backupRetentionDays is 0", fix)];
  },
};

const archive: Rule<AwsEnvironment> = {
  reads: ["rds.archive"],
  check: (environment) => {
    const { keepDays, coldAfterDays } = environment.rds.archive ?? {};
    if (keepDays === undefined || coldAfterDays === undefined || keepDays >= coldAfterDays + shortestColdDays) return [];
    const limit = `at least ${coldAfterDays + shortestColdDays}, coldAfterDays and ${shortestColdDays} more`;
    const fix = `raise it, or leave out coldAfterDays: cold storage charges for ${shortestColdDays} days`;
    return [problem(environment, "rds.archive.keepDays", keepDays, limit, fix)];
  },
};

function classOf({ database, rds }: AwsEnvironment): string {
  return rds.instanceClass ?? rdsClassOfSize[database.size];
}

/** What a database of RDS must satisfy beside what every database must. */
export const rdsRules: readonly Rule<AwsEnvironment>[] = [instanceClass, connections, volume, iops, replicas, archive];
