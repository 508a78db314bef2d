import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { Lazy, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { policyDocument, type PolicyStatement } from "../identity/policy-document";
import { ServiceRole } from "../identity/service-role";
import { awsNames } from "../shared/naming";
import type { BucketIntent } from "./object-store";

export interface S3ReplicationProps {
  readonly environment: AwsEnvironment;
  /** Key of the objects that are copied. */
  readonly keyArn: string;
  readonly target: NonNullable<AwsEnvironment["s3"]["replication"]>;
}

/** A bucket that is copied. */
export interface CopiedBucket {
  readonly bucket: S3Bucket;
  readonly intent: BucketIntent;
  readonly arn: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Copies new objects of buckets into another region, by one role that can do nothing else. */
export class S3Replication extends Construct {
  /** Escape hatch. */
  readonly role: ServiceRole;
  private readonly props: S3ReplicationProps;
  private readonly policy: IamRolePolicy;
  private readonly copied: CopiedBucket[] = [];

  constructor(scope: Construct, id: string, props: S3ReplicationProps) {
    super(scope, id);
    this.props = props;
    this.role = new ServiceRole(this, "Role", { roleName: awsNames(props.environment).role("replication"), service: "s3.amazonaws.com" });
    this.policy = new IamRolePolicy(this, "Policy", {
      role: this.role.resource.name,
      name: "Copy",
      policy: Lazy.stringValue({ produce: () => policyDocument(...this.statements()) }),
    });
  }

  /** Deletions are copied, removals of versions are not: who empties a bucket does not empty the copy. */
  copy(scope: Construct, copied: CopiedBucket): void {
    this.copied.push(copied);
    const { environment, target } = this.props;
    const abroad = target.accountId !== environment.accountId;
    new S3BucketReplicationConfigurationA(scope, "Replication", {
      bucket: copied.bucket.id,
      role: this.role.arn,
      rule: [
        {
          id: "everything",
          status: "Enabled",
          priority: 0,
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Enabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: this.replicaArn(copied),
            encryptionConfiguration: { replicaKmsKeyId: target.keyArn },
            // Copies belong to the account that keeps them; S3 takes this of another account only.
            ...(abroad ? { account: target.accountId, accessControlTranslation: { owner: "Destination" } } : {}),
          },
        },
      ],
      dependsOn: [...copied.dependsOn, this.policy], // S3 looks at versioning and at the role
    });
  }

  private replicaArn({ intent }: CopiedBucket): string {
    const { environment, target } = this.props;
    return `arn:${partitionOf(environment.region)}:s3:::${awsNames(environment).replicaBucket(intent.name, target.accountId)}`;
  }

  /** S3 user guide, "Setting up permissions for live replication" and "Replicating encrypted objects". */
  private statements(): readonly PolicyStatement[] {
    const { environment, keyArn, target } = this.props;
    const sources = this.copied.map(({ arn }) => arn);
    const replicas = this.copied.map((copied) => this.replicaArn(copied));
    const objects = (arns: readonly string[]) => arns.map((arn) => `${arn}/*`);
    const through = (region: string, arns: readonly string[]) => ({
      StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [...arns, ...objects(arns)] },
    });
    return [
      { Sid: "List", Effect: "Allow", Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: sources },
      {
        Sid: "Read",
        Effect: "Allow",
        Action: [
          "s3:GetObjectVersionForReplication",
          "s3:GetObjectVersionAcl",
          "s3:GetObjectVersionTagging",
          "s3:GetObjectRetention",
          "s3:GetObjectLegalHold",
        ],
        Resource: objects(sources),
      },
      {
        Sid: "Copy",
        Effect: "Allow",
        Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner"],
        Resource: objects(replicas),
      },
      { Sid: "Decrypt", Effect: "Allow", Action: ["kms:Decrypt"], Resource: [keyArn], Condition: through(environment.region, sources) },
      {
        Sid: "Encrypt",
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:GenerateDataKey"],
        Resource: [target.keyArn],
        Condition: through(target.region, replicas),
      },
    ];
  }
}
