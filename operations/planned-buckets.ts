import type { PlanJson } from "./plan-changes";

/** A bucket that a plan would create. */
export interface PlannedBucket {
  readonly address: string;
  readonly bucket: string;
}

/** The buckets that a plan would create. */
export function plannedBuckets({ resource_changes = [] }: PlanJson): readonly PlannedBucket[] {
  return resource_changes.flatMap(({ type, address, change }) => {
    const bucket = type === "aws_s3_bucket" && change.actions.join() === "create" ? nameOf(change.after) : undefined;
    return bucket === undefined ? [] : [{ address, bucket }];
  });
}

/** One line for each resource that a plan changes, e.g. `create aws_kms_key.Key`. */
export function changeLines({ resource_changes = [] }: PlanJson): readonly string[] {
  return resource_changes
    .filter(({ change }) => change.actions.join() !== "no-op")
    .map(({ address, change }) => `${change.actions.join(", then ")} ${address}`);
}

function nameOf(bucket: unknown): string | undefined {
  return typeof bucket === "object" && bucket !== null && "bucket" in bucket && typeof bucket.bucket === "string"
    ? bucket.bucket
    : undefined;
}
