import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { policyDocument, type PolicyStatement } from "../identity/policy-document";
import { awsNames } from "../shared/naming";
import { AccessLogBucket } from "../object-store/access-log-bucket";
import { closeBucket, denyInsecureTransport } from "../object-store/closed-bucket";
import type { IStateStore } from "./state-store";

/** How long replaced states can be had back, in days. */
const previousStateDays = 90;

/** S3 bucket for Terraform state, with its key and its access logs. */
export class S3StateStore extends Construct implements IStateStore {
  readonly bucketName: string;
  /** Escape hatch. */
  readonly bucket: S3Bucket;
  readonly key: KmsEncryptionKey;

  constructor(scope: Construct, id: string, environment: AwsEnvironment) {
    super(scope, id);
    const names = awsNames(environment);
    // Even a disposable environment outlives a slip: without its state Terraform forgets what it made.
    this.key = new KmsEncryptionKey(this, "Key", {
      environment,
      alias: names.stateKeyAlias,
      description: `Terraform state of ${names.prefix}`,
      preventDestroy: true,
    });
    this.bucket = new S3Bucket(this, "Resource", { bucket: names.stateBucket, lifecycle: { preventDestroy: true } });
    this.bucketName = names.stateBucket;
    const bucket = this.bucket.id;

    new S3BucketVersioningA(this, "Versioning", { bucket, versioningConfiguration: { status: "Enabled" } });
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.key.arn },
          bucketKeyEnabled: true,
        },
      ],
    });
    closeBucket(this, bucket);
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "previous-states",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: previousStateDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
    new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: policyDocument(...denyInsecureTransport(this.bucket.arn), ...this.denyOtherKeys(environment), this.denyLoss()),
    });
    const logs = new AccessLogBucket(this, "AccessLogs", { environment, bucketName: names.stateLogBucket });
    new S3BucketLoggingA(this, "Logging", { bucket, targetBucket: logs.bucket.id, targetPrefix: "state/", dependsOn: [logs.policy] });
  }

  /**
   * Refuses objects under another key. A backend names the key by its alias, so S3 sees the alias in the request;
   * other writers send the ARN or nothing, which means the bucket's default.
   */
  private denyOtherKeys({ accountId, region, ...environment }: AwsEnvironment): readonly PolicyStatement[] {
    const alias = awsNames({ accountId, region, ...environment }).stateKeyAlias;
    const put = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `${this.bucket.arn}/*` } as const;
    const keyHeader = "s3:x-amz-server-side-encryption-aws-kms-key-id";
    const encryptionHeader = "s3:x-amz-server-side-encryption";
    return [
      {
        Sid: "DenyOtherKeys",
        ...put,
        Condition: {
          Null: { [keyHeader]: "false" },
          StringNotEquals: { [keyHeader]: [this.key.arn, `arn:${partitionOf(region)}:kms:${region}:${accountId}:${alias}`, alias] },
        },
      },
      {
        Sid: "DenyOtherEncryption",
        ...put,
        Condition: { Null: { [encryptionHeader]: "false" }, StringNotEquals: { [encryptionHeader]: "aws:kms" } },
      },
    ];
  }

  /** Refuses to lose history. Terraform removes this policy first when the bucket is really to go. */
  private denyLoss(): PolicyStatement {
    return {
      Sid: "DenyLoss",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteBucket", "s3:DeleteObjectVersion"],
      Resource: [this.bucket.arn, `${this.bucket.arn}/*`],
    };
  }
}
