import type { Target } from "./matrix";

/** What pods of the applications and of what watches them may do by their identities, written by hand as the matrix is. */
export interface GrantedRow {
  readonly pods: readonly string[];
  /** Bucket by the environment's name for it, or user of the database. */
  readonly on: string;
  readonly may: "read" | "read and write" | "sign in" | "measure";
  /** @default both */
  readonly target?: Target;
}

const backend = ["ml-platform/backend", "ml-platform/backend-schema"];

/** The grants. */
export const granted: readonly GrantedRow[] = [
  { pods: backend, on: "models", may: "read and write" },
  { pods: backend, on: "datasets", may: "read and write" },
  { pods: ["ml-platform/training"], on: "models", may: "read and write" },
  { pods: ["ml-platform/training"], on: "datasets", may: "read" },
  { pods: ["ml-platform/data-processing"], on: "datasets", may: "read and write" },
  { pods: ["search/writer"], on: "search", may: "read and write" },
  { pods: ["monitoring/loki"], on: "telemetry-logs", may: "read and write" },
  { pods: ["monitoring/tempo"], on: "telemetry-traces", may: "read and write" },
  // CloudWatch knows no resources.
  { pods: ["data-metrics/cloudwatch-exporter"], on: "*", may: "measure", target: "aws" },
  // Who has an identity for its buckets may sign in with it, too; locally there is nothing but the password.
  { pods: backend, on: "app_iam", may: "sign in", target: "aws" },
];

const reading = ["s3:ListBucket", "s3:GetBucketLocation", "s3:GetObject"];
const writing = [
  ...["s3:ListBucketMultipartUploads", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
  ...["s3:PutObject", "s3:DeleteObject"],
];
const keys: Readonly<Record<Target, readonly string[]>> = { local: [], aws: ["kms:Decrypt"] };
const newKeys: Readonly<Record<Target, readonly string[]>> = { local: [], aws: ["kms:GenerateDataKey"] };

/** Actions of policies that a row means. */
export function actionsOf({ may }: GrantedRow, target: Target): readonly string[] {
  switch (may) {
    case "read":
      return [...reading, ...keys[target]];
    case "read and write":
      return [...reading, ...keys[target], ...writing, ...newKeys[target]];
    case "measure":
      return ["cloudwatch:GetMetricStatistics"];
    case "sign in":
      return ["rds-db:connect"];
  }
}
