import type { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { cloudWatchSeries, cloudWatchSeriesOf, dimensionLabel, type MeasuredMetric } from "../monitoring/cloudwatch-series";
import type { SignalExpressions } from "../monitoring/signals";
import { awsNames } from "../shared/naming";
import type { BucketIntent } from "./object-store";

/** S3 counts once a day, and publishes it some hours later; the mean of two days is what is seen. */
const daily = {
  name: "object-store",
  namespace: "AWS/S3",
  statistic: "Average",
  periodSeconds: 86_400,
  lookBackSeconds: 172_800,
} as const satisfies Partial<MeasuredMetric>;

const size = { ...daily, metric: "BucketSizeBytes" } as const;
const objects = { ...daily, metric: "NumberOfObjects" } as const;

const bucketName = "BucketName";

/** Signals of buckets of S3, by CloudWatch. */
export const s3Signals: SignalExpressions<"objectStore"> = {
  size: perBucket("sum", size),
  objects: perBucket("max", objects),
};

/** Has a bucket measured: its objects, and their size in every class that it puts them into. */
export function measureBucket(scope: Construct, environment: AwsEnvironment, intent: BucketIntent): void {
  const series = cloudWatchSeriesOf(scope);
  const bucket = { [bucketName]: awsNames(environment).bucket(intent.name) };
  series.of(size, ...classesOf(intent).map((each) => ({ ...bucket, StorageType: each })));
  series.of(objects, { ...bucket, StorageType: "AllStorageTypes" });
}

/** Classes as CloudWatch calls them (S3 user guide, "Metrics and dimensions"). */
function classesOf({ archiveAfterDays, intelligentTiering }: BucketIntent): readonly string[] {
  const tiers = ["FA", "IA", "AIA"].map((tier) => `IntelligentTiering${tier}Storage`);
  return [
    "StandardStorage",
    ...(intelligentTiering ? tiers : []),
    ...(archiveAfterDays === undefined ? [] : ["GlacierInstantRetrievalStorage"]),
  ];
}

function perBucket(aggregation: "max" | "sum", metric: Omit<MeasuredMetric, "dimensions">): string {
  return `${aggregation} by (bucket) (label_replace(${cloudWatchSeries(metric)}, "bucket", "$1", "${dimensionLabel(bucketName)}", "(.+)"))`;
}
