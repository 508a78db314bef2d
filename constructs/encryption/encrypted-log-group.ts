import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import type { PolicyStatement } from "../identity/policy-document";
import { awsNames } from "../shared/naming";
import { KmsEncryptionKey } from "./kms-encryption-key";

export interface EncryptedLogGroupProps {
  readonly environment: AwsEnvironment;
  /** Full name. */
  readonly name: string;
  /** Construct id of the key. */
  readonly keyId: string;
  /** Last part of the key's alias. */
  readonly keyPurpose: string;
  /** What is logged; it begins the key's description. */
  readonly description: string;
  /** How long logs are kept, in days. */
  readonly retentionDays: number;
}

/** Log group of CloudWatch with a key of its own: `LogGroup` and the key in the scope. */
export function encryptedLogGroup(scope: Construct, props: EncryptedLogGroupProps): CloudwatchLogGroup {
  const { environment, name } = props;
  const names = awsNames(environment);
  const key = new KmsEncryptionKey(scope, props.keyId, {
    environment,
    alias: names.keyAlias(props.keyPurpose),
    description: `${props.description} of ${names.prefix}`,
    statements: [allowLogGroup(environment, name)],
    preventDestroy: !environment.disposable,
  });
  return new CloudwatchLogGroup(scope, "LogGroup", { name, retentionInDays: props.retentionDays, kmsKeyId: key.arn });
}

/**
 * Lets CloudWatch Logs encrypt one log group of the account (CloudWatch Logs user guide, "Encrypt log data").
 * @param logGroup its name; with a `*` those whose names fit
 */
export function allowLogGroup(environment: AwsEnvironment, logGroup: string): PolicyStatement {
  const { accountId, region } = environment;
  return {
    Sid: "CloudWatchLogs",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: {
      ArnEquals: { "kms:EncryptionContext:aws:logs:arn": `arn:${partitionOf(region)}:logs:${region}:${accountId}:log-group:${logGroup}` },
    },
  };
}
