import type { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { awsNames } from "../shared/naming";
import { LogBucket } from "./log-bucket";

export interface AccessLogBucketProps {
  readonly environment: AwsEnvironment;
  readonly bucketName: string;
}

/** Bucket for S3 server access logs of any of the environment's buckets (S3 user guide, "Enabling server access logging"). */
export class AccessLogBucket extends LogBucket {
  constructor(scope: Construct, id: string, { environment, bucketName }: AccessLogBucketProps) {
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
          // Some are made later, by others.
          ArnLike: { "aws:SourceArn": `arn:${partitionOf(environment.region)}:s3:::${awsNames(environment).prefix}-*` },
          StringEquals: { "aws:SourceAccount": environment.accountId },
        },
      }),
    });
  }
}
