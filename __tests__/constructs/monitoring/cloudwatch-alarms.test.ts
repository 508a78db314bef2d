import { CloudWatchAlarms, type CloudWatchMetric } from "../../../constructs/monitoring/cloudwatch-alarms";
import { awsNames, nameLimitBroken } from "../../../constructs/shared/naming";
import { environments } from "../../../environments/index";
import { dataStackOf } from "../../data-stack";

const { dev } = environments;

const published = (metric: string): CloudWatchMetric => ({
  namespace: "AWS/ElastiCache",
  metric,
  dimensions: { CacheClusterId: "ml-platform-dev-cache-001" },
  statistic: "Maximum",
});

describe("CloudWatchAlarms", () => {
  const stack = dataStackOf(dev, ({ stack }) => {
    const made = new CloudWatchAlarms(stack, "Alarms", {
      environment: dev,
      subject: "cache",
      name: "ml-platform-dev-cache",
      metrics: {
        cpu: published("EngineCPUUtilization"),
        memory: { ...published("DatabaseMemoryUsagePercentage"), periodSeconds: 300, missing: "breaching" },
        evictions: { ...published("Evictions"), periodSeconds: 3600 },
        connections: {
          expression: "100 * used / 65000",
          metrics: {
            used: { namespace: "AWS/ElastiCache", metric: "CurrConnections", dimensions: { CacheClusterId: "it" }, statistic: "Average" },
          },
        },
        replicationLag: undefined,
      },
    });
    expect(Object.keys(made.resources)).toEqual(["cpu", "memory", "evictions", "connections"]);
  });
  const alarm = (watch: string) => stack.one("aws_cloudwatch_metric_alarm", `Alarms_Alarm-${watch}_`);

  it("consists of an alarm for each watch that there is something to watch of, and the topic of the stack", () => {
    expect(stack.inventory).toEqual([
      "aws_cloudwatch_metric_alarm", // CPU
      "aws_cloudwatch_metric_alarm", // memory
      "aws_cloudwatch_metric_alarm", // evictions
      "aws_cloudwatch_metric_alarm", // connections
      "aws_kms_alias",
      "aws_kms_key", // of the topic
      "aws_sns_topic",
      "aws_sns_topic_policy",
    ]);
  });

  it("measures what it was given, against the threshold of the watch", () => {
    expect(alarm("cpu")).toMatchObject({
      alarm_name: "ml-platform-dev-cache-cpu",
      alarm_description: "ml-platform-dev-cache: CPU in use above 80 percent for 15 minutes",
      namespace: "AWS/ElastiCache",
      metric_name: "EngineCPUUtilization",
      dimensions: { CacheClusterId: "ml-platform-dev-cache-001" },
      statistic: "Maximum",
      period: 60,
      evaluation_periods: 15,
      threshold: 80,
      comparison_operator: "GreaterThanThreshold",
      treat_missing_data: "missing",
    });
  });

  it("lasts as long as the watch says, however often is measured", () => {
    expect(alarm("memory")).toMatchObject({ period: 300, evaluation_periods: 3, treat_missing_data: "breaching" });
    expect(alarm("evictions")).toMatchObject({ period: 3600, evaluation_periods: 1 });
  });

  it("takes an expression over metrics", () => {
    const { metric_query: queries, ...rest } = alarm("connections");
    expect(queries).toEqual([
      { id: "watched", expression: "100 * used / 65000", label: "connections in use, percent", return_data: true },
      {
        id: "used",
        metric: {
          namespace: "AWS/ElastiCache",
          metric_name: "CurrConnections",
          dimensions: { CacheClusterId: "it" },
          stat: "Average",
          period: 60,
        },
      },
    ]);
    expect(Object.keys(rest)).not.toEqual(expect.arrayContaining(["metric_name", "period", "statistic"]));
  });

  it("tells when it goes off, and when it is over", () => {
    const topic = [`\${${stack.address("aws_sns_topic")}.arn}`];
    for (const values of stack.all("aws_cloudwatch_metric_alarm")) {
      expect(values).toMatchObject({ alarm_actions: topic, ok_actions: topic });
    }
  });

  it("fails when a name is longer than CloudWatch takes", () => {
    const { alarm: nameOf } = awsNames(dev);
    const named = (length: number) => nameOf("x".repeat(length - "-cpu".length), "cpu");
    expect(nameLimitBroken({ service: "CloudWatch alarm", name: named(255) })).toBeUndefined();
    expect(nameLimitBroken({ service: "CloudWatch alarm", name: named(256) })).toBe("at most 255 characters, not 256");
  });
});
