import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { PublishedMetric } from "./cloudwatch-alarms";

/** A metric of CloudWatch that is brought to Prometheus. */
export interface MeasuredMetric extends PublishedMetric {
  /** Label `name` of its series. */
  readonly name: string;
  /** How long a value is of. @default 60 */
  readonly periodSeconds?: number;
  /** How far back a value is looked for: some services publish late, or once a day. Averages are of all of it. @default 300 */
  readonly lookBackSeconds?: number;
  /** How much of the newest time is left out, as services have not published all of it yet. @default 0 */
  readonly delaySeconds?: number;
}

/** What the exporter of CloudWatch asks for. Its series are empty when CloudWatch has nothing: it makes up no zeros. */
export class CloudWatchSeries extends Construct {
  private readonly asked: MeasuredMetric[] = [];

  /** Every metric that somebody asks for. */
  get metrics(): readonly MeasuredMetric[] {
    return this.asked;
  }

  /**
   * Has a metric measured, for each of several dimensions.
   * @returns its series, as PromQL
   */
  of(metric: Omit<MeasuredMetric, "dimensions">, ...dimensions: readonly PublishedMetric["dimensions"][]): string {
    this.asked.push(...dimensions.map((each) => ({ ...metric, dimensions: each })));
    return cloudWatchSeries(metric);
  }
}

/** Series of a metric, whatever its dimensions, as PromQL. */
export function cloudWatchSeries(metric: Omit<MeasuredMetric, "dimensions">): string {
  return `${seriesName(metric)}{name="${metric.name}"}`;
}

/** What is asked of CloudWatch by a stack. */
export function cloudWatchSeriesOf(scope: Construct): CloudWatchSeries {
  const stack = TerraformStack.of(scope);
  return (stack.node.tryFindChild("CloudWatchSeries") as CloudWatchSeries | undefined) ?? new CloudWatchSeries(stack, "CloudWatchSeries");
}

/** Name of the exporter: label `job` of what it tells about itself. */
export const cloudWatchJob = "cloudwatch-exporter";

/** Label of a series with the value of a dimension. */
export function dimensionLabel(dimension: string): string {
  return `dimension_${dimension}`;
}

/** The exporter's name for a metric: `aws_rds_free_storage_space_minimum`. */
function seriesName({ namespace, metric, statistic }: Omit<PublishedMetric, "dimensions">): string {
  return [namespace.toLowerCase(), metric, statistic].map(snakeCase).join("_");
}

/** As it does it: a capital letter begins a word after a small one or a digit, so that `CPUUtilization` is one word and `5XX` are two. */
function snakeCase(text: string): string {
  return text
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .replace(/[/.-]/g, "_")
    .toLowerCase();
}
