import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { policyDocument } from "../identity/policy-document";
import { awsNames } from "../shared/naming";

export interface InterruptionQueueProps {
  readonly environment: AwsEnvironment;
}

/** What EC2 and AWS Health announce before an instance goes, by the last part of the rule's name. */
const events = {
  spot: { source: "aws.ec2", detailType: "EC2 Spot Instance Interruption Warning" },
  rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
  state: { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
  health: { source: "aws.health", detailType: "AWS Health Event" },
} as const;

/** Queue of what is about to happen to instances, so that nodes are empty before they go. */
export class InterruptionQueue extends Construct {
  /** Escape hatch. */
  readonly resource: SqsQueue;

  constructor(scope: Construct, id: string, { environment }: InterruptionQueueProps) {
    super(scope, id);
    const names = awsNames(environment);
    this.resource = new SqsQueue(this, "Resource", {
      name: names.interruptionQueue,
      messageRetentionSeconds: 300, // a warning is worth nothing once the two minutes of a spot instance are over
      sqsManagedSseEnabled: true,
    });
    const rules = Object.entries(events).map(([event, { source, detailType }]) => {
      const rule = new CloudwatchEventRule(this, `Rule-${event}`, {
        name: names.interruptionRule(event),
        description: `${detailType} for Karpenter`,
        eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }),
      });
      new CloudwatchEventTarget(this, `Target-${event}`, { rule: rule.name, targetId: "queue", arn: this.resource.arn });
      return names.interruptionRule(event);
    });
    this.restrict(environment, rules);
  }

  private restrict({ accountId, region }: AwsEnvironment, rules: readonly string[]): void {
    const queue = this.resource.arn;
    new SqsQueuePolicy(this, "Policy", {
      queueUrl: this.resource.url,
      policy: policyDocument(
        {
          Sid: "SendByRules",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queue,
          Condition: {
            ArnEquals: { "aws:SourceArn": rules.map((rule) => `arn:${partitionOf(region)}:events:${region}:${accountId}:rule/${rule}`) },
          },
        },
        {
          Sid: "DenyPlainHttp",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: queue,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ),
    });
  }
}
