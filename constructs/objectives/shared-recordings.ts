import type { RuleGroup } from "../monitoring/alert";
import { windowHours, type BurnWindow } from "./burn-rates";

/** Requests and their times as OpenTelemetry names them, whether they are scraped or sent. */
const requests = "http_server_request_duration_seconds";
const byWorkload = "sum by (namespace, workload)";

/** Quantiles of the time until an answer. */
const quantiles = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** Windows of a day and more: they move slowly, and are reckoned less often. Not as rarely as a series is forgotten after, 5 minutes. */
const longFrom = 24;
const longIntervalSeconds = 120;

/** Rate, errors and duration of every workload, and how fast the budget of every objective burns: once for all applications. */
export function sharedRecordings(): readonly RuleGroup[] {
  const windows = Object.keys(windowHours) as readonly BurnWindow[];
  const isLong = (window: BurnWindow) => windowHours[window] >= longFrom;
  return [
    { name: "workload-requests", recordings: workloadRecordings() },
    { name: "objectives", recordings: windows.filter((window) => !isLong(window)).map(burnRecording) },
    { name: "objectives-of-days", intervalSeconds: longIntervalSeconds, recordings: windows.filter(isLong).map(burnRecording) },
  ];
}

function workloadRecordings() {
  const rate = (labels: string) => `${byWorkload} (rate(${requests}_count{${labels}}[5m]))`;
  const total = "workload:http_requests:rate5m";
  const errors = "workload:http_errors:rate5m";
  return [
    { record: total, expression: rate('workload!=""') },
    // No error yet is no series at all; it counts as none.
    { record: errors, expression: `${rate('workload!="",http_response_status_code=~"5.."')} or 0 * ${total}` },
    { record: "workload:http_errors:ratio_rate5m", expression: `${errors} / (${total} > 0)` },
    ...Object.entries(quantiles).map(([name, quantile]) => ({
      record: `workload:http_latency_seconds:${name}`,
      expression: `histogram_quantile(${quantile}, sum by (namespace, workload, le) (rate(${requests}_bucket{workload!=""}[5m])))`,
    })),
  ];
}

/**
 * Share that failed in a window: failures and everything, each summed up over it. An average of shares would weigh a quiet hour as a busy one, and
 * a rate over days of the raw series would read every sample of every pod. Both sums have the same samples, so that gaps weigh nothing.
 */
function burnRecording(window: BurnWindow) {
  const summed = (series: string) => (window === "5m" ? series : `sum_over_time(${series}[${window}])`);
  return {
    record: `slo:errors:ratio_rate${window}`,
    expression: `${summed("slo:errors:rate5m")} / (${summed("slo:total:rate5m")} > 0)`,
  };
}
