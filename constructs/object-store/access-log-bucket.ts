import type { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { LogBucket } from "./log-bucket";

export interface AccessLogBucketProps {
  readonly environment: AwsEnvironment;
  readonly bucketName: string;
  /** Bucket whose requests are logged; a pattern for several. */
  readonly sourceArn: string;
}

/** Bucket for S3 server access logs (S3 user guide, "Enabling server access logging"). */
export class AccessLogBucket extends LogBucket {
  constructor(scope: Construct, id: string, { environment, bucketName, sourceArn }: AccessLogBucketProps) {
    super(scope, id, {
      environment,
      bucketName,
      retentionDays: environment.s3.accessLogRetentionDays,
      delivery: (bucketArn) => ({
        Sid: "AllowLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${bucketArn}/*`,
        Condition: {
          ArnLike: { "aws:SourceArn": sourceArn },
          StringEquals: { "aws:SourceAccount": environment.accountId },
        },
      }),
    });
  }
}
