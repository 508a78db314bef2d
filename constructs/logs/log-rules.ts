import type { RuleGroup } from "../monitoring/alert";

/** How logs are collected and kept. Alerts on logs themselves are Loki's own: {@link logAlerts}. */
export const logRules: RuleGroup = {
  name: "logs",
  alerts: [
    {
      name: "LokiDown",
      expression: 'max(up{job="loki"}) == 0 or absent(up{job="loki"})',
      forMinutes: 10,
      severity: "critical", // nobody sees logs, and alerts on them are silent
      summary: "No logs can be read or written",
      description: "No Loki answers. Collectors wait with their lines until nodes throw the files away.",
    },
    {
      name: "LokiRequestErrors",
      // A tenth: Loki's mixin.
      expression:
        '100 * sum by (route) (rate(loki_request_duration_seconds_count{status_code=~"5.."}[5m])) / sum by (route) (rate(loki_request_duration_seconds_count[5m])) > 10',
      forMinutes: 15,
      severity: "warning",
      summary: "Loki fails at {{ $labels.route }}",
      description: '{{ $value | printf "%.0f" }} % of these requests end with an error of Loki.',
    },
    {
      name: "LogLinesDiscarded",
      expression: "sum by (reason) (increase(loki_discarded_samples_total[10m])) > 0",
      forMinutes: 10,
      severity: "warning",
      summary: "Loki throws lines away: {{ $labels.reason }}",
      description: 'In 10 minutes {{ $value | printf "%.0f" }} lines were over a limit, and are lost or come again.',
    },
    {
      name: "LogCollectorDown",
      expression: 'count(kube_node_info) - (sum(up{job="alloy"}) or vector(0)) > 0',
      forMinutes: 15,
      severity: "warning",
      summary: "Nobody collects the logs of some nodes",
      description: "{{ $value }} nodes have no collector that answers.",
    },
    {
      name: "LogShipmentFailing",
      expression: "sum by (pod) (increase(loki_write_batch_retries_total[5m])) > 0",
      forMinutes: 15,
      severity: "warning",
      summary: "{{ $labels.pod }} cannot hand its lines on",
      description:
        "For a quarter of an hour Loki has refused them again and again. They wait in the files of the node, which are thrown away in turn.",
    },
    {
      name: "LogLinesLost",
      expression: "sum by (pod, reason) (increase(loki_write_dropped_entries_total[10m])) > 0",
      forMinutes: 0,
      severity: "warning",
      summary: "{{ $labels.pod }} has given lines up: {{ $labels.reason }}",
      description: 'Loki would not take {{ $value | printf "%.0f" }} lines in the last 10 minutes, whatever was tried.',
    },
    {
      name: "LogsCompactorStuck",
      // Every ten minutes is usual. Zero until a process has succeeded once.
      expression: "time() - max(loki_compactor_apply_retention_last_successful_run_timestamp_seconds) > 3 * 3600",
      forMinutes: 60,
      severity: "warning",
      summary: "Loki deletes nothing",
      description: "What is too old stays in the bucket, and queries get slower: for hours no run of the compactor has succeeded.",
    },
    {
      name: "LogRulesFailing",
      expression:
        "sum(increase(loki_prometheus_rule_evaluation_failures_total[10m])) + sum(increase(loki_prometheus_notifications_dropped_total[10m])) > 0",
      forMinutes: 10,
      severity: "warning",
      summary: "Alerts on logs are silent",
      description: 'In 10 minutes {{ $value | printf "%.0f" }} rules failed, or alerts could not be handed to Alertmanager.',
    },
  ],
};
