import type { Problem } from "../../constructs/shared/errors";
import { awsNames, localNames, nameLimitBroken, telemetryBucketNames } from "../../constructs/shared/naming";
import type { AwsEnvironment, Environment, LocalEnvironment } from "../environment";
import { onAws } from "../targets";
import { problem, type FleetRule, type Rule } from "./rule";

/** What the platform's own buckets are for, on either target: a bucket of the same name would be the same one. */
export const ownBuckets = [
  "state",
  "state-logs",
  "lb-logs",
  "bucket-logs",
  "database-backups",
  "telemetry-access",
  ...Object.values(telemetryBucketNames),
] as const;

/** Names of an environment's buckets, each told apart from the others and from the platform's own. */
export const distinctBuckets: Rule = {
  reads: ["objectStore.buckets"],
  check: (environment) => {
    const names = environment.objectStore.buckets.map(({ name }) => name);
    const refused = (index: number, limit: string) =>
      problem(environment, `objectStore.buckets.${index}.name`, names[index], limit, "rename the bucket");
    return names.flatMap((name, index) => {
      const first = names.indexOf(name);
      if (first < index) return [refused(index, `different from that of buckets.${first}`)];
      return ownBuckets.some((own) => own === name) ? [refused(index, `none of ${ownBuckets.join(", ")}, which the platform has`)] : [];
    });
  },
};

export const composedBucketsOnLaptop: Rule<LocalEnvironment> = {
  reads: ["name", "project", "objectStore.buckets"],
  check: (environment) => composedProblems(environment, localNames(environment).bucket),
};

export const composedBucketsOnAws: Rule<AwsEnvironment> = {
  reads: ["name", "project", "accountId", "objectStore.buckets", "s3.replication"],
  check: (environment) => {
    const names = awsNames(environment);
    const { replication } = environment.s3;
    return composedProblems(environment, (name) => (replication ? names.replicaBucket(name, replication.accountId) : names.bucket(name)));
  },
};

/** What S3 refuses of the chosen parts of names. Where it refuses even one of the platform's own, the project is at fault, and told elsewhere. */
function composedProblems(environment: Environment, compose: (name: string) => string): readonly Problem[] {
  const limitOf = (name: string) => nameLimitBroken({ service: "S3 bucket", name: compose(name) });
  if (limitOf(ownBuckets[0]) !== undefined) return [];
  return environment.objectStore.buckets.flatMap(({ name }, index) => {
    const limit = limitOf(name);
    if (limit === undefined) return [];
    const needed = `such that the bucket, ${compose(name)}, has ${limit}`;
    return [problem(environment, `objectStore.buckets.${index}.name`, name, needed, "rename the bucket")];
  });
}

/** A bucket as it will be called. */
interface NamedBucket {
  readonly environment: Environment;
  readonly kind: "chosen" | "own" | "copy";
  /** Field that names it. */
  readonly field: string;
  readonly chosen: string;
  readonly name: string;
}

/**
 * Buckets of all accounts share one space of names, and a project may end like an environment begins: `a-dev` and its `staging` has
 * the names that `a` has in `dev` for buckets called `staging-...`.
 */
export const bucketNames: FleetRule = {
  reads: ["name", "project", "accountId", "objectStore.buckets", "s3.replication"],
  check: (environments) => {
    const buckets = onAws(environments).flatMap(bucketsOf);
    return buckets.flatMap((bucket, index) =>
      buckets
        .filter((other, place) => bucket.kind === "chosen" && collide(bucket, other) && (place < index || other.kind !== "chosen"))
        .map((other) =>
          problem(
            bucket.environment,
            bucket.field,
            bucket.chosen,
            `such that the bucket, ${bucket.name}, is no other one: ${other.environment.name} has it for ${other.chosen}`,
            "rename the bucket",
          ),
        ),
    );
  },
};

function bucketsOf(environment: AwsEnvironment): readonly NamedBucket[] {
  const names = awsNames(environment);
  const { replication } = environment.s3;
  return [
    ...ownBuckets.map((own) => ({ environment, kind: "own" as const, field: "", chosen: own, name: names.bucket(own) })),
    ...environment.objectStore.buckets.flatMap(({ name: chosen }, index) => {
      const at = { environment, field: `objectStore.buckets.${index}.name` };
      return [
        { ...at, kind: "chosen" as const, chosen, name: names.bucket(chosen) },
        ...(replication
          ? [{ ...at, kind: "copy" as const, chosen: `copies of ${chosen}`, name: names.replicaBucket(chosen, replication.accountId) }]
          : []),
      ];
    }),
  ];
}

/** Within an environment {@link distinctBuckets} has told all but copies. */
function collide(bucket: NamedBucket, other: NamedBucket): boolean {
  return bucket.name === other.name && (bucket.environment !== other.environment || other.kind === "copy");
}
