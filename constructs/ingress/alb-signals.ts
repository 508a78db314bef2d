import type { Construct } from "constructs";
import type { PublishedMetric } from "../monitoring/cloudwatch-alarms";
import { cloudWatchJob, cloudWatchSeriesOf } from "../monitoring/cloudwatch-series";
import type { SignalExpressions } from "../monitoring/signals";

/** Load balancers publish a minute once it is over, some of them a little later. */
const lateSeconds = 120;

/**
 * Signals of a load balancer, by CloudWatch in the caller's stack. What did not happen in a minute is not published: it is nothing as long
 * as somebody looks.
 * @param loadBalancer by which CloudWatch knows it: the end of its ARN
 */
export function albSignals(scope: Construct, loadBalancer: string): SignalExpressions<"gateway"> {
  const series = cloudWatchSeriesOf(scope);
  const of = (metric: string, statistic: PublishedMetric["statistic"]) =>
    series.of(
      { name: "gateway", namespace: "AWS/ApplicationELB", metric, statistic, delaySeconds: lateSeconds },
      { LoadBalancer: loadBalancer },
    );
  const counted = (metric: string) => `(sum(${of(metric, "Sum")}) or 0 * max(up{job="${cloudWatchJob}"}))`;
  const [requests, ofPods, ofItself] = [counted("RequestCount"), counted("HTTPCode_Target_5XX_Count"), counted("HTTPCode_ELB_5XX_Count")];
  return {
    requests: `${requests} / 60`,
    connections: counted("ActiveConnectionCount"),
    // Where there is no pod to ask, a request is not counted as one.
    errors: `(${ofPods} + ${ofItself}) / (${requests} + ${ofItself} > 0)`,
    latency: `max(${of("TargetResponseTime", "Average")})`,
  };
}
