import type { Alert } from "../monitoring/alert";
import { selector } from "./selector";

/** Share of requests that fail, in percent: above the first somebody looks, above the second somebody is woken. */
const errorsPercent = { warning: 1, critical: 5 } as const;

/**
 * Seconds that one of a hundred requests may take. A bound of the buckets, so that more or less is known and not interpolated; and the next one
 * above the second after which people lose the thread (Nielsen, "Response Times: The 3 Important Limits").
 */
const slowSeconds = 2.5;

/** Alerts of every workload of an application. A share of few requests jumps: all of them have to last for as long as three make a difference. */
export function workloadAlerts(application: string): readonly Alert[] {
  const of = selector({ namespace: application });
  const called = "{{ $labels.namespace }}/{{ $labels.workload }}";
  const failing = (percent: number) => ({
    expression: `workload:http_errors:ratio_rate5m${of} > ${percent / 100}`,
    summary: `${called}: more than ${percent} % of the requests fail`,
    description: "{{ $value | humanizePercentage }} of its requests end with a status of 500 or more.",
  });
  return [
    { ...failing(errorsPercent.warning), name: "WorkloadErrors", forMinutes: 10, severity: "warning" },
    { ...failing(errorsPercent.critical), name: "WorkloadErrorsCritical", forMinutes: 10, severity: "critical" },
    {
      name: "WorkloadLatency",
      expression: `workload:http_latency_seconds:p99${of} > ${slowSeconds}`,
      forMinutes: 10,
      severity: "warning",
      summary: `${called}: requests take more than ${slowSeconds} s`,
      description: "One of a hundred requests takes {{ $value | humanizeDuration }} or more.",
    },
    {
      name: "WorkloadMetricsMissing",
      // Series of probes have a route: they are of the prober.
      expression: `max by (namespace, workload) (up${selector({ namespace: application }, 'workload!=""', 'route=""')}) == 0`,
      forMinutes: 10,
      severity: "warning",
      summary: `${called}: no pod tells its metrics`,
      description: "Prometheus finds its pods, and gets no answer from any: other alerts of the workload are blind.",
    },
  ];
}
