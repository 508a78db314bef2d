import type { RuleGroup } from "../monitoring/alert";

/** A series of each source that alerts live on, by what brings it. */
const sources = {
  "kube-state-metrics": "kube_pod_info",
  kubelet: "kubelet_node_name",
  cadvisor: "container_cpu_usage_seconds_total",
  "node-exporter": "node_uname_info",
  apiserver: "apiserver_request_total",
} as const;

const missing = Object.entries(sources).map(([source, metric]) => `label_replace(absent(${metric}), "source", "${source}", "", "")`);

/** Prometheus and Alertmanager themselves. */
export const monitoringRules: RuleGroup = {
  name: "monitoring",
  alerts: [
    {
      name: "Watchdog",
      // Nothing but what it sees makes it fire: it ends when Prometheus takes nothing in.
      expression: "count(up == 1) > 0",
      forMinutes: 0,
      severity: "info",
      labels: { heartbeat: "true" },
      summary: "Alerts arrive",
      description: "It always fires. Whoever expects it and does not get it knows that nobody is told of anything.",
    },
    {
      name: "TargetDown",
      // A tenth: Prometheus' mixin. One target of a few is more than that.
      expression: "100 * count by (namespace, job) (up == 0) / count by (namespace, job) (up) > 10",
      forMinutes: 10,
      severity: "warning",
      summary: "{{ $labels.job }} in {{ $labels.namespace }} does not answer Prometheus",
      description: '{{ $value | printf "%.0f" }} % of its targets are down. Alerts that live on their series are silent.',
    },
    {
      name: "MetricsMissing",
      expression: missing.join(" or "),
      forMinutes: 15,
      severity: "critical", // whole areas of alerts are silent, and nobody would know
      summary: "There are no metrics of {{ $labels.source }}",
      description: "Prometheus does not know of a target, or none of them answers. Alerts that live on its series are silent.",
    },
    {
      name: "PrometheusStorageFull",
      expression: "max by (pod) (increase(prometheus_tsdb_size_retentions_total[1d])) > 0",
      forMinutes: 0,
      severity: "warning",
      summary: "{{ $labels.pod }} has no room for all the days that it should keep",
      description: "In the last day it threw metrics away before their time, as its volume has no room for more.",
    },
    {
      name: "PrometheusConfigRejected",
      expression: "max by (pod) (prometheus_config_last_reload_successful) == 0",
      forMinutes: 10,
      severity: "critical",
      summary: "{{ $labels.pod }} cannot load its configuration",
      description: "It goes on with the old one: new rules and targets do not count.",
    },
    {
      name: "PrometheusRuleFailures",
      expression: "sum by (pod, rule_group) (increase(prometheus_rule_evaluation_failures_total[5m])) > 0",
      forMinutes: 15,
      severity: "critical",
      summary: "{{ $labels.pod }} cannot reckon rules",
      description: 'In 5 minutes {{ $value | printf "%.0f" }} rules of {{ $labels.rule_group }} failed. Their alerts are silent.',
    },
    {
      name: "PrometheusNotIngesting",
      expression: "sum by (pod) (rate(prometheus_tsdb_head_samples_appended_total[5m])) == 0",
      forMinutes: 10,
      severity: "critical",
      summary: "{{ $labels.pod }} takes no samples in",
      description: "Nothing new is known of anything, so no alert fires.",
    },
    {
      name: "PrometheusRemoteWriteBehind",
      // Two minutes: Prometheus' mixin. What is older than two hours when it comes through is lost.
      expression:
        "max by (pod, remote_name) (max_over_time(prometheus_remote_storage_queue_highest_timestamp_seconds[5m])) - max by (pod, remote_name) (max_over_time(prometheus_remote_storage_queue_highest_sent_timestamp_seconds[5m])) > 120",
      forMinutes: 15,
      severity: "warning",
      summary: "{{ $labels.pod }} is behind with writing to {{ $labels.remote_name }}",
      description: "The newest sample there is {{ $value | humanizeDuration }} old.",
    },
    {
      name: "AlertmanagerNotificationsFailing",
      // 1 %: Alertmanager's mixin. Over a quarter of an hour, as there are few.
      expression:
        "100 * sum by (integration) (rate(alertmanager_notifications_failed_total[15m])) / sum by (integration) (rate(alertmanager_notifications_total[15m]) > 0) > 1",
      forMinutes: 5,
      severity: "critical",
      summary: "Alertmanager cannot tell anybody by {{ $labels.integration }}",
      description: '{{ $value | printf "%.0f" }} % of what it sent failed.',
    },
    {
      name: "AlertmanagerConfigRejected",
      expression: "max by (pod) (alertmanager_config_last_reload_successful) == 0",
      forMinutes: 10,
      severity: "critical",
      summary: "{{ $labels.pod }} cannot load its configuration",
      description: "It goes on with the old one: whoever is new there is not told.",
    },
  ],
};
