import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { policyDocument, type PolicyStatement } from "../identity/policy-document";
import { closeBucket, denyInsecureTransport } from "./closed-bucket";

export interface LogBucketProps {
  readonly environment: AwsEnvironment;
  readonly bucketName: string;
  /** How long logs are kept, in days. */
  readonly retentionDays: number;
  /** Who may deliver logs, given the bucket's ARN. */
  readonly delivery: (bucketArn: string) => PolicyStatement;
}

/** Bucket for logs that a service of AWS delivers. Encrypted with S3's own key: those services take no other. */
export class LogBucket extends Construct {
  /** Escape hatch. */
  readonly bucket: S3Bucket;
  /** Lets the service deliver logs; without it the service refuses to log to the bucket. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: LogBucketProps) {
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
          expiration: [{ days: props.retentionDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 7 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
    this.policy = new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: policyDocument(...denyInsecureTransport(this.bucket.arn), props.delivery(this.bucket.arn)),
    });
  }
}
