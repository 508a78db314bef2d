import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import type { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { policyDocument, type PolicyStatement } from "../identity/policy-document";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { awsNames } from "../shared/naming";
import type { AccessLogBucket } from "./access-log-bucket";
import { corsRules } from "./bucket-cors";
import { readStatements, readWriteStatements } from "./bucket-grants";
import { retentionMode } from "./bucket-retention";
import { closeBucket, denyInsecureTransport } from "./closed-bucket";
import type { BucketIntent, IBucket } from "./object-store";
import type { S3Replication } from "./s3-replication";

export interface WorkloadBucketProps {
  readonly environment: AwsEnvironment;
  readonly intent: BucketIntent;
  /** URL of the S3 API. */
  readonly endpoint: string;
  readonly key: KmsEncryptionKey;
  readonly accessLogs: AccessLogBucket;
  /** @default objects are copied nowhere */
  readonly replication?: S3Replication;
}

/** Bucket of S3 for the objects of workloads. */
export class WorkloadBucket extends Construct implements IBucket {
  readonly bucketName: string;
  readonly endpoint: string;
  readonly region: string;
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch. */
  readonly resource: S3Bucket;
  /** Known at synth: grants are written in other stacks, too. */
  private readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadBucketProps,
  ) {
    super(scope, id);
    const { environment, intent, key } = props;
    this.bucketName = awsNames(environment).bucket(intent.name);
    this.arn = `arn:${partitionOf(environment.region)}:s3:::${this.bucketName}`;
    this.endpoint = props.endpoint;
    this.region = environment.region;
    this.resource = new S3Bucket(this, "Resource", {
      bucket: this.bucketName,
      ...(intent.retentionDays === undefined ? {} : { objectLockEnabled: true }),
      forceDestroy: environment.disposable,
      lifecycle: { preventDestroy: !environment.disposable },
    });
    const bucket = this.resource.id;
    const versioning = new S3BucketVersioningA(this, "Versioning", { bucket, versioningConfiguration: { status: "Enabled" } });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn }, bucketKeyEnabled: true }],
    });
    closeBucket(this, bucket);
    this.createLifecycle(bucket);
    const policy = new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: policyDocument(...denyInsecureTransport(this.resource.arn), ...this.denyOtherKeys()),
    });
    this.createLogging(bucket);
    this.createCors(bucket);
    this.createRetention(bucket);
    props.replication?.copy(this, { bucket: this.resource, intent, arn: this.arn, dependsOn: [versioning] });
    this.installed = [this.resource, versioning, encryption, policy];
  }

  grantRead(identity: IWorkloadIdentity, id: string): void {
    identity.allow(id, ...readStatements(this.arn), this.useKey("Decrypt", ["kms:Decrypt"]));
  }

  grantReadWrite(identity: IWorkloadIdentity, id: string): void {
    // Decrypt is part of writing: S3 puts the parts of an upload together.
    identity.allow(id, ...readWriteStatements(this.arn), this.useKey("Encrypt", ["kms:Decrypt", "kms:GenerateDataKey"]));
  }

  /** Through S3 and for this bucket only. The context is the bucket, or the object for who goes without the bucket key. */
  private useKey(sid: string, actions: readonly string[]): PolicyStatement {
    return {
      Sid: sid,
      Effect: "Allow",
      Action: actions,
      Resource: [this.props.key.arn],
      Condition: {
        StringEquals: { "kms:ViaService": `s3.${this.region}.amazonaws.com` },
        StringLike: { "kms:EncryptionContext:aws:s3:arn": [this.arn, `${this.arn}/*`] },
      },
    };
  }

  /**
   * Refuses objects that somebody encrypts in another way. A request that says nothing gets the bucket's default; one that says
   * `aws:kms` and no key would get AWS's own key, so the key is asked for there.
   */
  private denyOtherKeys(): readonly PolicyStatement[] {
    const put = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `${this.resource.arn}/*` } as const;
    const header = "s3:x-amz-server-side-encryption";
    return [
      {
        Sid: "DenyOtherKeys",
        ...put,
        Condition: { Null: { [header]: "false" }, StringNotEquals: { [`${header}-aws-kms-key-id`]: this.props.key.arn } },
      },
      { Sid: "DenyCustomerKeys", ...put, Condition: { Null: { [`${header}-customer-algorithm`]: "false" } } },
    ];
  }

  /**
   * Archived objects are in Glacier Instant Retrieval, and Intelligent-Tiering is without its archive tiers: everything else answers a read
   * with an error until somebody has restored the object, which no workload would find out on a laptop.
   */
  private createLifecycle(bucket: string): void {
    const { archiveAfterDays, expireAfterDays, intelligentTiering, keepVersionsDays } = this.props.intent;
    const transition = [
      ...(intelligentTiering ? [{ days: 0, storageClass: "INTELLIGENT_TIERING" }] : []),
      ...(archiveAfterDays === undefined ? [] : [{ days: archiveAfterDays, storageClass: "GLACIER_IR" }]),
    ];
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "objects",
          status: "Enabled",
          filter: [{ prefix: "" }],
          ...(transition.length > 0 ? { transition } : {}),
          // With days S3 removes the markers of deleted objects by itself.
          expiration: [expireAfterDays === undefined ? { expiredObjectDeleteMarker: true } : { days: expireAfterDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: keepVersionsDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
  }

  private createLogging(bucket: string): void {
    const { accessLogs, intent } = this.props;
    new S3BucketLoggingA(this, "Logging", {
      bucket,
      targetBucket: accessLogs.bucket.id,
      targetPrefix: `${intent.name}/`,
      dependsOn: [accessLogs.policy], // S3 tries at once
    });
  }

  private createCors(bucket: string): void {
    const corsRule = [...corsRules(this.props.intent)];
    if (corsRule.length > 0) new S3BucketCorsConfiguration(this, "Cors", { bucket, corsRule });
  }

  private createRetention(bucket: string): void {
    const { environment, intent } = this.props;
    if (intent.retentionDays === undefined) return;
    new S3BucketObjectLockConfigurationA(this, "Retention", {
      bucket,
      objectLockEnabled: "Enabled",
      rule: { defaultRetention: { mode: retentionMode(environment), days: intent.retentionDays } },
    });
  }
}
