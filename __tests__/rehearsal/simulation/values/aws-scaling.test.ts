import { appliedValue } from "./value-context";

const inRegion = "eu-central-1:111122223333";

describe("values of queues, rules and schedules", () => {
  it.each([
    ["aws_sqs_queue", "id", { name: "q" }, "https://sqs.eu-central-1.amazonaws.com/111122223333/q"],
    ["aws_sqs_queue", "url", { name: "q" }, "https://sqs.eu-central-1.amazonaws.com/111122223333/q"],
    ["aws_sqs_queue", "arn", { name: "q" }, `arn:aws:sqs:${inRegion}:q`],
    ["aws_sqs_queue_policy", "id", { queue_url: "https://q" }, "https://q"],
    ["aws_cloudwatch_event_rule", "arn", { name: "r" }, `arn:aws:events:${inRegion}:rule/r`],
    ["aws_cloudwatch_event_target", "id", { rule: "r", target_id: "t" }, "r-t"],
    ["aws_scheduler_schedule_group", "arn", { name: "g" }, `arn:aws:scheduler:${inRegion}:schedule-group/g`],
    ["aws_scheduler_schedule", "id", { group_name: "g", name: "s" }, "g/s"],
    ["aws_scheduler_schedule", "arn", { name: "s" }, `arn:aws:scheduler:${inRegion}:schedule/default/s`],
  ])("give %s its %s", (type, path, values, expected) => {
    expect(appliedValue(path, type, values)).toBe(expected);
  });

  it("encrypt a queue with a key of SQS where it has none of its own", () => {
    expect(appliedValue("sqs_managed_sse_enabled", "aws_sqs_queue", {})).toBe(true);
    expect(appliedValue("sqs_managed_sse_enabled", "aws_sqs_queue", { kms_master_key_id: "k" })).toBe(false);
  });
});
