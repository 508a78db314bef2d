import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { policyDocument } from "../identity/policy-document";
import { awsNames, digest } from "../shared/naming";

export interface AlarmTopicProps {
  readonly environment: AwsEnvironment;
  /** Full name. */
  readonly name: string;
  /** Last part of the key's alias. */
  readonly keyPurpose: string;
}

/**
 * Where alarms go, under a key of its own, and by mail from there to the environment's receivers of mail: also while the cluster, and all
 * that would tell somebody otherwise, is down. Each address has to agree first, in the mail that it gets. Only alarms of the account publish:
 * ElastiCache's own notifications do not, they take no encrypted topic (ElastiCache user guide, "Event Notifications and Amazon SNS").
 */
export class AlarmTopic extends Construct {
  /** Escape hatch. */
  readonly resource: SnsTopic;

  constructor(scope: Construct, id: string, { environment, name, keyPurpose }: AlarmTopicProps) {
    super(scope, id);
    const { accountId, region } = environment;
    const names = awsNames(environment);
    const alarms = {
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:${partitionOf(region)}:cloudwatch:${region}:${accountId}:alarm:${names.prefix}-*` },
      },
    } as const;
    const key = new KmsEncryptionKey(this, "Key", {
      environment,
      alias: names.keyAlias(keyPurpose),
      description: `Alarms of ${name}`,
      statements: [{ Sid: "Alarms", Effect: "Allow", ...alarms, Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*" }],
      preventDestroy: !environment.disposable,
    });
    this.resource = new SnsTopic(this, "Resource", { name, kmsMasterKeyId: key.arn });
    const topic = this.resource.arn;
    new SnsTopicPolicy(this, "Policy", {
      arn: topic,
      policy: policyDocument(
        { Sid: "Alarms", Effect: "Allow", ...alarms, Action: "sns:Publish", Resource: topic },
        {
          Sid: "DenyPlainHttp",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: topic,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ),
    });
    for (const endpoint of mailAddresses(environment)) {
      new SnsTopicSubscription(this, `Mail-${digest(endpoint)}`, { topicArn: topic, protocol: "email", endpoint });
    }
  }

  get arn(): string {
    return this.resource.arn;
  }
}

/** Who gets mail of alerts, each once. */
function mailAddresses({ observability }: AwsEnvironment): readonly string[] {
  const receivers = Object.values(observability.alerting.receivers);
  return [...new Set(receivers.flatMap((receiver) => (receiver.kind === "email" ? receiver.to : [])))];
}

/** The topic of a stack's alarms. It is made once in each stack, when something asks for it. */
export function alarmTopicOf(scope: Construct, environment: AwsEnvironment): AlarmTopic {
  const stack = TerraformStack.of(scope);
  const layer = stack.node.id.replace(`${environment.name}-`, "");
  const made = stack.node.tryFindChild("AlarmTopic") as AlarmTopic | undefined;
  const purpose = `${layer}-alarms`;
  return made ?? new AlarmTopic(stack, "AlarmTopic", { environment, name: awsNames(environment).alarmTopic(layer), keyPurpose: purpose });
}
