import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { LogBucket } from "./log-bucket";

export interface AccessLogBucketProps {
  readonly environment: AwsEnvironment;
  readonly bucketName: string;
  /** Bucket whose requests are logged. */
  readonly source: S3Bucket;
}

/** How long access logs are kept, in days: a year, as audits ask. */
const retentionDays = 365;

/** Bucket for S3 server access logs (S3 user guide, "Enabling server access logging"). */
export class AccessLogBucket extends LogBucket {
  constructor(scope: Construct, id: string, { environment, bucketName, source }: AccessLogBucketProps) {
    super(scope, id, {
      environment,
      bucketName,
      retentionDays,
      delivery: (bucketArn) => ({
        Sid: "AllowLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${bucketArn}/*`,
        Condition: {
          ArnEquals: { "aws:SourceArn": source.arn },
          StringEquals: { "aws:SourceAccount": environment.accountId },
        },
      }),
    });
  }
}
