import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import type { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { policyDocument } from "../identity/policy-document";
import type { PublishedMetric } from "../monitoring/cloudwatch-alarms";
import { awsNames } from "../shared/naming";

export interface RdsBackupEventsProps {
  readonly environment: AwsEnvironment;
  readonly name: string;
  readonly key: KmsEncryptionKey;
}

/** "Finished DB Instance backup" (RDS user guide, "Amazon RDS event categories and event messages"). */
const finished = "RDS-EVENT-0002";

/** A record of finished backups. RDS measures nothing about them, it only says when one is done: that can be counted. */
export class RdsBackupEvents extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];
  /** Backups that were finished. */
  readonly metric: PublishedMetric;

  constructor(scope: Construct, id: string, { environment, name, key }: RdsBackupEventsProps) {
    super(scope, id);
    const { accountId, region } = environment;
    const names = awsNames(environment);
    const arn = (service: string, resource: string) => `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;
    const logs = new CloudwatchLogGroup(this, "Logs", {
      name: names.databaseBackupLogGroup(name),
      retentionInDays: environment.rds.logRetentionDays,
      kmsKeyId: key.arn,
    });
    const writable = new CloudwatchLogResourcePolicy(this, "Policy", {
      policyName: names.databaseBackupRule(name),
      policyDocument: policyDocument({
        Sid: "WriteEvents",
        Effect: "Allow",
        // Both, as the EventBridge user guide has it ("Using resource-based policies").
        Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${arn("logs", `log-group:${names.databaseBackupLogGroup(name)}`)}:*`,
      }),
    });
    const rule = new CloudwatchEventRule(this, "Rule", {
      name: names.databaseBackupRule(name),
      description: `Backups of ${names.database(name)} that were finished`,
      eventPattern: JSON.stringify({
        source: ["aws.rds"],
        "detail-type": ["RDS DB Instance Event"],
        detail: { EventID: [finished], SourceArn: [arn("rds", `db:${names.database(name)}`)] },
      }),
    });
    const target = new CloudwatchEventTarget(this, "Target", { rule: rule.name, targetId: "logs", arn: logs.arn, dependsOn: [writable] });
    this.installed = [target];
    const dimensions = { RuleName: names.databaseBackupRule(name) };
    this.metric = { namespace: "AWS/Events", metric: "Invocations", dimensions, statistic: "Sum" };
  }
}
