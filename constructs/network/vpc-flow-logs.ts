import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { encryptedLogGroup } from "../encryption/encrypted-log-group";
import { policyDocument } from "../identity/policy-document";
import { ServiceRole } from "../identity/service-role";
import { awsNames } from "../shared/naming";

export interface VpcFlowLogsProps {
  readonly environment: AwsEnvironment;
  readonly vpcId: string;
  /** How long the logs are kept. */
  readonly retentionDays: number;
}

/** Record of every connection in a VPC, accepted or refused, in CloudWatch Logs under an own key. */
export class VpcFlowLogs extends Construct {
  /** Escape hatch. */
  readonly resource: FlowLog;

  constructor(scope: Construct, id: string, props: VpcFlowLogsProps) {
    super(scope, id);
    const { environment } = props;
    const names = awsNames(environment);
    const { accountId, region } = environment;
    const logGroup = encryptedLogGroup(this, {
      environment,
      name: names.flowLogGroup,
      keyId: "Key",
      keyPurpose: "flow-logs",
      description: "Flow logs",
      retentionDays: props.retentionDays,
    });
    const role = new ServiceRole(this, "Role", {
      roleName: names.role("flow-logs"),
      service: "vpc-flow-logs.amazonaws.com",
      trustCondition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:${partitionOf(region)}:ec2:${region}:${accountId}:vpc-flow-log/*` },
      },
    });
    const policy = new IamRolePolicy(this, "Policy", {
      name: "write-flow-logs",
      role: role.resource.name,
      policy: policyDocument({
        Sid: "Write",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: `${logGroup.arn}:*`,
      }),
    });
    this.resource = new FlowLog(this, "Resource", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags: { Name: names.prefix },
      dependsOn: [policy],
    });
  }
}
