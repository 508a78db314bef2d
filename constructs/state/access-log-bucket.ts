import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { policyDocument } from "../identity/policy-document";
import { closeBucket, denyInsecureTransport } from "./closed-bucket";

export interface AccessLogBucketProps {
  readonly environment: AwsEnvironment;
  readonly bucketName: string;
  /** Bucket whose requests are logged. */
  readonly source: S3Bucket;
}

/** How long access logs are kept, in days: a year, as audits ask. */
const logDays = 365;

/** Bucket for S3 server access logs. They can only be encrypted with S3's own key (S3 user guide, "Enabling server access logging"). */
export class AccessLogBucket extends Construct {
  /** Escape hatch. */
  readonly bucket: S3Bucket;
  /** Lets S3 deliver logs; without it S3 refuses to log to the bucket. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    this.bucket = new S3Bucket(this, "Resource", {
      bucket: props.bucketName,
      forceDestroy: props.environment.disposable,
      lifecycle: { preventDestroy: !props.environment.disposable },
    });
    const bucket = this.bucket.id;
    new S3BucketVersioningA(this, "Versioning", { bucket, versioningConfiguration: { status: "Enabled" } });
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    closeBucket(this, bucket);
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: logDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 7 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
    this.policy = new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: policyDocument(...denyInsecureTransport(this.bucket.arn), {
        Sid: "AllowLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${this.bucket.arn}/*`,
        Condition: {
          ArnEquals: { "aws:SourceArn": props.source.arn },
          StringEquals: { "aws:SourceAccount": props.environment.accountId },
        },
      }),
    });
  }
}
