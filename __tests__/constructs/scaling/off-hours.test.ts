import { catalogFor } from "../../../constructs/catalog";
import { onEks } from "../../../constructs/cluster/aws-cluster";
import { OffHours } from "../../../constructs/scaling/off-hours";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";
import { statement, statementsOf, type SynthesizedStack } from "../../synthesized";

const { dev, prod } = environments;
const times = { timezone: "Europe/Berlin", stop: "20:05", start: "07:30" };

function offHoursOf(environment: AwsEnvironment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, cluster }) => {
    catalogFor(environment).offHours(stack, "OffHours", { cluster });
  });
}

describe("OffHours", () => {
  const stack = offHoursOf({ ...dev, offHours: times });

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_scheduler_schedule", // stop and start, for each node group
      "aws_scheduler_schedule",
      "aws_scheduler_schedule_group",
    ]);
  });

  it("exists only where the environment asks for it", () => {
    expect(offHoursOf(prod).inventory).toEqual([]);
  });

  it.each([
    ["stop", "cron(5 20 * * ? *)", 0], // every day: who works on a Sunday forgets it, too
    ["start", "cron(30 7 ? * MON-FRI *)", dev.cluster.nodeGroups[0]?.desiredNodes],
  ])("%s happens at the environment's time, to the configured number of nodes", (action, expression, nodes) => {
    const schedule = stack.one("aws_scheduler_schedule", `OffHours_${action}-general_`);
    expect(schedule).toMatchObject({
      name: `${action}-general`,
      schedule_expression: expression,
      schedule_expression_timezone: "Europe/Berlin",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: "arn:aws:scheduler:::aws-sdk:eks:updateNodegroupConfig",
        role_arn: `\${${stack.address("aws_iam_role")}.arn}`,
        retry_policy: { maximum_event_age_in_seconds: 3600 },
      },
    });
    expect(JSON.parse((schedule.target as { input: string }).input)).toEqual({
      ClusterName: "ml-platform-dev",
      NodegroupName: "general-20261121000000000000000001",
      ScalingConfig: { DesiredSize: nodes },
    });
  });

  it("may change the size of this cluster's node groups, and nothing else", () => {
    expect(statementsOf(stack.one("aws_iam_role_policy").policy)).toEqual([
      {
        Sid: "ScaleNodeGroups",
        Effect: "Allow",
        Action: "eks:UpdateNodegroupConfig",
        Resource: "arn:aws:eks:eu-central-1:000000000001:nodegroup/ml-platform-dev/*/*",
      },
    ]);
  });

  it("lends its role to its own schedules only", () => {
    expect(statement(stack.one("aws_iam_role").assume_role_policy, "Trust")).toMatchObject({
      Principal: { Service: "scheduler.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "000000000001" },
        ArnEquals: { "aws:SourceArn": "arn:aws:scheduler:eu-central-1:000000000001:schedule-group/ml-platform-dev-off-hours" },
      },
    });
  });

  it("fails when the cluster does not have the environment's node groups", () => {
    expect(() =>
      platformStackOf(
        dev,
        ({ stack: scope, cluster }) => new OffHours(scope, "OffHours", { environment: prod, cluster: onEks(cluster, "x"), times }),
      ),
    ).toThrow('dev-platform/OffHours: node group is "compute", must be one of general; take the cluster of this environment');
  });
});
