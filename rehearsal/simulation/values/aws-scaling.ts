import { arn, generatedName, joined, nameOf, regional, regionOf, tagged, textOr } from "./aws-values";
import { always, moment, textAt, valueAt } from "./common-values";
import type { ValueContext, ValueTable } from "./value-table";

/** Queues, and what puts messages into them or calls AWS at some time. */
export const awsScaling: ValueTable = {
  aws_sqs_queue: {
    planned: {
      ...regional,
      ...tagged,
      // Where SQS keeps the key itself there is none to reuse.
      kms_data_key_reuse_period_seconds: (context) => (valueAt(context, "sqs_managed_sse_enabled") === true ? 0 : undefined),
    },
    applied: {
      ...generatedName(),
      ...always("", "deduplication_scope", "fifo_throughput_limit", "policy", "redrive_allow_policy", "redrive_policy"),
      id: queueUrl,
      url: queueUrl,
      arn: (context) => arn(context, "sqs", nameOf(context)),
      kms_data_key_reuse_period_seconds: (context) => (valueAt(context, "kms_master_key_id") === undefined ? 0 : 300),
      sqs_managed_sse_enabled: (context) => valueAt(context, "kms_master_key_id") === undefined,
    },
  },
  aws_sqs_queue_policy: { planned: regional, applied: { id: joined("", "queue_url") } },
  aws_cloudwatch_event_rule: {
    planned: { ...regional, ...tagged },
    applied: {
      ...generatedName(),
      id: (context) => nameOf(context),
      arn: (context) => arn(context, "events", `rule/${nameOf(context)}`),
    },
  },
  aws_cloudwatch_event_target: {
    planned: regional,
    applied: {
      id: (context) => `${textAt(context, "rule")}-${nameOf(context, "target_id")}`,
      target_id: (context) => nameOf(context, "target_id"),
    },
  },
  aws_scheduler_schedule_group: {
    planned: { ...regional, ...tagged },
    applied: {
      ...generatedName(),
      ...always(moment, "creation_date", "last_modification_date"),
      id: (context) => nameOf(context),
      arn: (context) => arn(context, "scheduler", `schedule-group/${nameOf(context)}`),
      state: () => "ACTIVE",
    },
  },
  aws_scheduler_schedule: {
    planned: regional,
    applied: {
      ...generatedName(),
      id: scheduleInGroup,
      arn: (context) => arn(context, "scheduler", `schedule/${scheduleInGroup(context)}`),
      action_after_completion: () => "NONE",
      group_name: textOr("default", "group_name"),
    },
  },
};

function queueUrl(context: ValueContext): string {
  return `https://sqs.${regionOf(context)}.amazonaws.com/${context.account}/${nameOf(context)}`;
}

function scheduleInGroup(context: ValueContext): string {
  return `${textAt(context, "group_name") ?? "default"}/${nameOf(context)}`;
}
