import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { awsNames } from "../shared/naming";
import { alarmTopicOf } from "./alarm-topic";
import { watches, type Watch, type Watched, type WatchName } from "./watches";

/** A metric as a service publishes it. */
export interface PublishedMetric {
  /** E.g. `AWS/RDS`. */
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** What becomes of the values of a period. */
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
}

/** Metric math over several metrics (CloudWatch user guide, "Using math expressions with CloudWatch metrics"). */
export interface MetricExpression {
  /** Names the metrics by their keys, e.g. `100 * used / most`. */
  readonly expression: string;
  /** By their names in the expression, a lower-case letter first. CloudWatch takes ten of them in an alarm. */
  readonly metrics: Readonly<Record<string, PublishedMetric>>;
  /** Whether it puts values where a metric has none (`FILL`). @default false */
  readonly filled?: boolean;
}

/** Something that is published whenever it happens, for watches in hours: it is out of hand when it has not happened for so long. */
export interface HappeningMetric {
  readonly happening: PublishedMetric;
}

/** What CloudWatch measures, in the unit of the watch. */
export type CloudWatchMetric = (PublishedMetric | MetricExpression | HappeningMetric) & {
  /** How often it is looked at. Services publish once a minute, or more rarely. @default 60 */
  readonly periodSeconds?: 60 | 300 | 3600;
  /**
   * What it means when nothing is published: `breaching` where silence is the trouble itself, `notBreaching` where there is only
   * something to publish when something happens. @default missing: the alarm says that it does not know
   */
  readonly missing?: "breaching" | "notBreaching" | "missing";
};

/**
 * The newest values of a filled metric are often made up, as services publish late. An alarm that looked at no others than it needs
 * would never go off (CloudWatch user guide, "Using math expressions", FILL). So it looks at these many more.
 */
const latePeriods = 2;

export interface CloudWatchAlarmsProps<Subject extends Watched> {
  readonly environment: AwsEnvironment;
  readonly subject: Subject;
  /** Physical name of what is watched; it begins with the environment's prefix, and so do the alarms'. */
  readonly name: string;
  /** Where each watch is measured; undefined where there is nothing to watch. */
  readonly metrics: Readonly<Record<WatchName<Subject>, CloudWatchMetric | undefined>>;
}

/** Alarms of CloudWatch for everything that is watched of a database or a cache. They tell the stack's topic when they go off, and when it is over. */
export class CloudWatchAlarms<Subject extends Watched> extends Construct {
  /** Escape hatch, by watch. */
  readonly resources: Readonly<Partial<Record<WatchName<Subject>, CloudwatchMetricAlarm>>>;

  constructor(scope: Construct, id: string, props: CloudWatchAlarmsProps<Subject>) {
    super(scope, id);
    const alarms = Object.entries<Watch>(watches[props.subject]).flatMap(([name, watch]) => {
      const metric = props.metrics[name as WatchName<Subject>];
      return metric ? [[name, this.alarm(name, watch, metric, props)] as const] : [];
    });
    this.resources = Object.fromEntries(alarms) as Partial<Record<WatchName<Subject>, CloudwatchMetricAlarm>>;
  }

  private alarm(watchName: string, watch: Watch, metric: CloudWatchMetric, { environment, name }: CloudWatchAlarmsProps<Subject>) {
    const period = metric.periodSeconds ?? 60;
    const topic = [alarmTopicOf(this, environment).arn];
    return new CloudwatchMetricAlarm(this, `Alarm-${watchName}`, {
      alarmName: awsNames(environment).alarm(name, watchName),
      alarmDescription: `${name}: ${watch.summary} above ${watch.above} ${watch.unit} for ${watch.forMinutes} minutes`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: watch.above,
      ...lasting(metric, watch, period),
      treatMissingData: metric.missing ?? "missing",
      alarmActions: topic,
      okActions: topic,
      ...measured(metric, watch, period),
    });
  }
}

function lasting(metric: CloudWatchMetric, { forMinutes }: Watch, period: number) {
  const periods = Math.ceil((forMinutes * 60) / period);
  const isFilled = "filled" in metric && metric.filled;
  return isFilled ? { datapointsToAlarm: periods, evaluationPeriods: periods + latePeriods } : { evaluationPeriods: periods };
}

function measured(metric: CloudWatchMetric, watch: Watch, period: number) {
  if ("happening" in metric) return happeningArguments(metric, watch);
  return "expression" in metric ? expressionArguments(metric, watch, period) : publishedArguments(metric, period);
}

/** Not once in each of so many hours. With hours for periods an alarm looks back up to a week (cloudwatch:PutMetricAlarm). */
function happeningArguments({ happening }: HappeningMetric, { above, forMinutes }: Watch) {
  return {
    ...publishedArguments(happening, 3600),
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    evaluationPeriods: above + Math.ceil(forMinutes / 60),
    treatMissingData: "breaching",
  };
}

function publishedArguments({ namespace, metric, dimensions, statistic }: PublishedMetric, period: number) {
  return { namespace, metricName: metric, dimensions: { ...dimensions }, statistic, period };
}

function expressionArguments({ expression, metrics }: MetricExpression, { summary, unit }: Watch, period: number) {
  const parts = Object.entries(metrics).map(([id, { namespace, metric, dimensions, statistic }]) => ({
    id,
    metric: { namespace, metricName: metric, dimensions: { ...dimensions }, stat: statistic, period },
  }));
  return { metricQuery: [{ id: "watched", expression, label: `${summary}, ${unit}`, returnData: true }, ...parts] };
}
