import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { partitionOf } from "../../environments/aws-regions";
import { policyDocument, type PolicyStatement } from "../identity/policy-document";

export interface KmsEncryptionKeyProps {
  readonly environment: AwsEnvironment;
  /** Full name, `alias/` included. */
  readonly alias: string;
  /** What the key encrypts. */
  readonly description: string;
  /** Services that use the key, beside what IAM policies of the account allow. @default none */
  readonly statements?: readonly PolicyStatement[];
  /** Whether Terraform refuses to destroy the key. Without it everything under it is lost. */
  readonly preventDestroy: boolean;
}

/** Symmetric KMS key, rotated every year, with an alias. */
export class KmsEncryptionKey extends Construct {
  /** Escape hatch. */
  readonly resource: KmsKey;

  constructor(scope: Construct, id: string, props: KmsEncryptionKeyProps) {
    super(scope, id);
    const { accountId, region } = props.environment;
    this.resource = new KmsKey(this, "Resource", {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: 30, // the longest that KMS grants to change one's mind
      policy: policyDocument(
        {
          Sid: "Account",
          Effect: "Allow",
          Principal: { AWS: `arn:${partitionOf(region)}:iam::${accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        },
        ...(props.statements ?? []),
      ),
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    new KmsAlias(this, "Alias", { name: props.alias, targetKeyId: this.resource.keyId });
  }

  get arn(): string {
    return this.resource.arn;
  }
}
