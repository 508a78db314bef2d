import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import type { IAwsCluster } from "../cluster/aws-cluster";
import { policyDocument } from "../identity/policy-document";
import { ServiceRole } from "../identity/service-role";
import { ConfigurationError } from "../shared/errors";
import { awsNames } from "../shared/naming";

export interface OffHoursProps {
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
  readonly times: NonNullable<AwsEnvironment["offHours"]>;
}

/** Takes the nodes of the node groups away in the evening, and brings them back on working days. */
export class OffHours extends Construct {
  /** Escape hatch. */
  readonly role: ServiceRole;
  /** Escape hatch. */
  readonly schedules: readonly SchedulerSchedule[];

  constructor(scope: Construct, id: string, props: OffHoursProps) {
    super(scope, id);
    const { environment, times } = props;
    const group = new SchedulerScheduleGroup(this, "Group", { name: awsNames(environment).offHoursGroup });
    this.role = this.createRole(props);
    this.schedules = environment.cluster.nodeGroups.flatMap(({ name, desiredNodes }) => [
      this.schedule(props, group, { action: "stop", nodeGroup: name, cron: `${clock(times.stop)} * * ? *`, nodes: 0 }),
      this.schedule(props, group, { action: "start", nodeGroup: name, cron: `${clock(times.start)} ? * MON-FRI *`, nodes: desiredNodes }),
    ]);
  }

  private createRole({ environment, cluster }: OffHoursProps): ServiceRole {
    const { accountId, region } = environment;
    const names = awsNames(environment);
    const partition = partitionOf(region);
    const role = new ServiceRole(this, "Role", {
      roleName: names.role("off-hours"),
      service: "scheduler.amazonaws.com",
      trustCondition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnEquals: { "aws:SourceArn": `arn:${partition}:scheduler:${region}:${accountId}:schedule-group/${names.offHoursGroup}` },
      },
    });
    new IamRolePolicy(this, "Policy", {
      role: role.resource.name,
      name: "Policy",
      policy: policyDocument({
        Sid: "ScaleNodeGroups",
        Effect: "Allow",
        Action: "eks:UpdateNodegroupConfig",
        // The last part of a node group's ARN is an id of EKS.
        Resource: `arn:${partition}:eks:${region}:${accountId}:nodegroup/${cluster.clusterName}/*/*`,
      }),
    });
    return role;
  }

  private schedule({ environment, cluster, times }: OffHoursProps, group: SchedulerScheduleGroup, change: Change): SchedulerSchedule {
    const { action, nodeGroup, cron, nodes } = change;
    return new SchedulerSchedule(this, `${action}-${nodeGroup}`, {
      name: `${action}-${nodeGroup}`,
      groupName: group.name,
      description: `${nodes} nodes in ${nodeGroup}`,
      scheduleExpression: `cron(${cron})`,
      scheduleExpressionTimezone: times.timezone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: `arn:${partitionOf(environment.region)}:scheduler:::aws-sdk:eks:updateNodegroupConfig`,
        roleArn: this.role.arn,
        // The scheduler wants the names of the SDKs, in which parameters begin with capitals.
        input: JSON.stringify({
          ClusterName: cluster.clusterName,
          NodegroupName: this.fullName(cluster, nodeGroup),
          ScalingConfig: { DesiredSize: nodes },
        }),
        // A group that is being updated refuses for a while; an hour later somebody has noticed.
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
      },
    });
  }

  private fullName(cluster: IAwsCluster, nodeGroup: string): string {
    const name = cluster.nodeGroupNames[nodeGroup];
    if (name !== undefined) return name;
    const limit = `one of ${Object.keys(cluster.nodeGroupNames).join(", ")}`;
    throw new ConfigurationError([
      { path: this.node.path, field: "node group", value: nodeGroup, limit, fix: "take the cluster of this environment" },
    ]);
  }
}

interface Change {
  readonly action: "stop" | "start";
  readonly nodeGroup: string;
  /** Minute, hour, day of the month, month, day of the week and year. */
  readonly cron: string;
  readonly nodes: number;
}

/** Minute and hour, as cron has them, of a time such as `07:30`. */
function clock(time: string): string {
  const [hours, minutes] = time.split(":").map(Number);
  return `${minutes} ${hours}`;
}
