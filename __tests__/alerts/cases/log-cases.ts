import type { AlertCases } from "../alert-case";

const alloy = 'job="alloy",namespace="alloy",pod="alloy-1"';
const discarded = 'job="loki",namespace="monitoring",pod="loki-0",tenant="fake",reason="rate_limited"';
const dropped = `${alloy},host="loki.monitoring:3100",tenant="",reason="ingester_error"`;
const push = 'job="loki",namespace="monitoring",pod="loki-0",method="POST",route="loki_api_v1_push"';
const ran = "loki_compactor_apply_retention_last_successful_run_timestamp_seconds";
const failures = 'loki_prometheus_rule_evaluation_failures_total{job="loki",pod="loki-0",user="fake",rule_group="logs"}';
const notTold = 'loki_prometheus_notifications_dropped_total{job="loki",pod="loki-0",user="fake"}';

export const logCases: AlertCases = {
  LokiDown: {
    // The only one is away: there is no target any more.
    fires: { series: { 'up{job="loki",pod="loki-0"}': "1x5 stale" }, after: "30m", labels: { job: "loki" } },
    quiet: { series: { 'up{job="loki",pod="loki-0"}': "0x30", 'up{job="loki",pod="loki-1"}': "1x30" }, after: "30m" },
  },
  LokiRequestErrors: {
    fires: {
      series: {
        [`loki_request_duration_seconds_count{${push},status_code="500"}`]: "0+12x40",
        [`loki_request_duration_seconds_count{${push},status_code="204"}`]: "0+88x40",
      },
      after: "30m",
      labels: { route: "loki_api_v1_push" },
    },
    quiet: {
      series: {
        [`loki_request_duration_seconds_count{${push},status_code="500"}`]: "0+8x40",
        [`loki_request_duration_seconds_count{${push},status_code="429"}`]: "0+50x40",
        [`loki_request_duration_seconds_count{${push},status_code="204"}`]: "0+42x40",
      },
      after: "30m",
    },
  },
  LogLinesDiscarded: {
    fires: {
      series: { [`loki_discarded_samples_total{${discarded}}`]: "0x5 0+10x30" },
      after: "30m",
      labels: { reason: "rate_limited" },
    },
    // Once, after a restart of a collector.
    quiet: { series: { [`loki_discarded_samples_total{${discarded}}`]: "0x5 10x30" }, after: "30m" },
  },
  LogCollectorDown: {
    fires: {
      series: {
        'kube_node_info{node="a"}': "1x30",
        'kube_node_info{node="b"}': "1x30",
        [`up{${alloy}}`]: "1x30",
        'up{job="alloy",namespace="alloy",pod="alloy-2"}': "0x30",
      },
      after: "20m",
      labels: {},
    },
    quiet: {
      series: {
        'kube_node_info{node="a"}': "1x30",
        'kube_node_info{node="b"}': "_x15 1x15", // a node that has just come
        [`up{${alloy}}`]: "1x30",
      },
      after: "20m",
    },
  },
  LogShipmentFailing: {
    fires: { series: { [`loki_write_batch_retries_total{${alloy}}`]: "0+1x40" }, after: "30m", labels: { pod: "alloy-1" } },
    // While Loki is restarted.
    quiet: { series: { [`loki_write_batch_retries_total{${alloy}}`]: "0x5 0+5x3 15x30" }, after: "20m" },
  },
  LogLinesLost: {
    fires: {
      series: { [`loki_write_dropped_entries_total{${dropped}}`]: "0x5 3x10" },
      after: "10m",
      labels: { pod: "alloy-1", reason: "ingester_error" },
    },
    quiet: { series: { [`loki_write_dropped_entries_total{${dropped}}`]: "3x20" }, after: "10m" },
  },
  LogsCompactorStuck: {
    // It stopped after ten minutes; the others never ran it.
    fires: {
      series: { [`${ran}{job="loki",pod="loki-0"}`]: "0+60x10 600x400", [`${ran}{job="loki",pod="loki-1"}`]: "0x410" },
      after: "300m",
      labels: {},
    },
    // Restarted: nothing is known of the last run until the next.
    quiet: { series: { [`${ran}{job="loki",pod="loki-0"}`]: "0x200 0x30 13800+60x100" }, after: "270m" },
  },
  LogRulesFailing: {
    fires: { series: { [failures]: "0+1x40", [notTold]: "0x40" }, after: "30m", labels: {} },
    quiet: { series: { [failures]: "0x10 2x30", [notTold]: "0x40" }, after: "30m" },
  },
};
