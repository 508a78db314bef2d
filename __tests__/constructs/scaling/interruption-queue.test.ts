import { environments } from "../../../environments/index";
import { statement } from "../../synthesized";
import { karpenterOf } from "./karpenter-stack";

const stack = karpenterOf(environments.dev);
const { policy } = stack.one("aws_sqs_queue_policy");
const queue = `\${${stack.address("aws_sqs_queue")}.arn}`;

describe("InterruptionQueue", () => {
  it("is encrypted, and forgets what is older than five minutes", () => {
    expect(stack.one("aws_sqs_queue")).toMatchObject({
      name: "ml-platform-dev-karpenter",
      message_retention_seconds: 300,
      sqs_managed_sse_enabled: true,
    });
  });

  it.each([
    ["spot", "aws.ec2", "EC2 Spot Instance Interruption Warning"],
    ["rebalance", "aws.ec2", "EC2 Instance Rebalance Recommendation"],
    ["state", "aws.ec2", "EC2 Instance State-change Notification"],
    ["health", "aws.health", "AWS Health Event"],
  ])("hears of %s", (event, source, detailType) => {
    const rule = stack.one("aws_cloudwatch_event_rule", `NodeScaling_Queue_Rule-${event}_`);
    expect(rule.name).toBe(`ml-platform-dev-karpenter-${event}`);
    expect(JSON.parse(String(rule.event_pattern))).toEqual({ source: [source], "detail-type": [detailType] });
    expect(stack.one("aws_cloudwatch_event_target", `NodeScaling_Queue_Target-${event}_`)).toMatchObject({
      rule: `\${${stack.address("aws_cloudwatch_event_rule", `NodeScaling_Queue_Rule-${event}_`)}.name}`,
      arn: queue,
    });
  });

  it("takes messages from its own rules only", () => {
    expect(statement(policy, "SendByRules")).toEqual({
      Sid: "SendByRules",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queue,
      Condition: {
        ArnEquals: {
          "aws:SourceArn": ["spot", "rebalance", "state", "health"].map(
            (event) => `arn:aws:events:eu-central-1:000000000001:rule/ml-platform-dev-karpenter-${event}`,
          ),
        },
      },
    });
  });

  it("refuses requests without TLS", () => {
    expect(statement(policy, "DenyPlainHttp")).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: queue,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });
});
