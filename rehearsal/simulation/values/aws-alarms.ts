import { arn, generatedName, nameOf, regional, tagged } from "./aws-values";
import { always, textAt, uuid } from "./common-values";
import type { ValueContext, ValueTable } from "./value-table";

/** Alarms, and the topics that they tell. */
export const awsAlarms: ValueTable = {
  aws_cloudwatch_metric_alarm: {
    planned: { ...regional, ...tagged },
    applied: {
      id: (context) => textAt(context, "alarm_name"),
      arn: (context) => arn(context, "cloudwatch", `alarm:${textAt(context, "alarm_name")}`),
      evaluate_low_sample_count_percentiles: () => "",
    },
  },
  aws_sns_topic: {
    planned: { ...regional, ...tagged },
    applied: {
      ...generatedName(),
      ...always("", "beginning_archive_time", "fifo_throughput_scope", "tracing_config"),
      id: topicArn,
      arn: topicArn,
      owner: ({ account }) => account,
      // Made with the topic: whoever is of the account. Another resource puts its own in its place.
      policy: (context) =>
        JSON.stringify({
          Version: "2008-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: "*" },
              Action: "SNS:Publish",
              Resource: topicArn(context),
              Condition: { StringEquals: { "AWS:SourceOwner": context.account } },
            },
          ],
        }),
      signature_version: () => 0,
    },
  },
  aws_sns_topic_policy: {
    planned: regional,
    applied: { id: (context) => textAt(context, "arn"), owner: ({ account }) => account },
  },
  aws_sns_topic_subscription: {
    planned: regional,
    applied: {
      id: subscriptionArn,
      arn: subscriptionArn,
      owner_id: ({ account }) => account,
      // By mail: nobody has agreed to it yet.
      ...always(false, "confirmation_was_authenticated"),
      ...always(true, "pending_confirmation"),
      ...always("", "filter_policy_scope"),
    },
  },
};

function subscriptionArn(context: ValueContext): string {
  return `${textAt(context, "topic_arn") ?? ""}:${uuid(context)}`;
}

function topicArn(context: ValueContext): string {
  return arn(context, "sns", nameOf(context));
}
