import type { AlertCases } from "../alert-case";

/** Prometheus, Alertmanager, and the Kubernetes API. */
export const monitoringCases: AlertCases = {
  Watchdog: {
    fires: { series: { 'up{job="prometheus"}': "1x5" }, after: "1m" },
    quiet: { series: { 'up{job="prometheus"}': "1x5 _x20" }, after: "15m" },
  },
  TargetDown: {
    fires: {
      series: { 'up{namespace="cache",job="redis",instance="a"}': "0x20", 'up{namespace="cache",job="redis",instance="b"}': "1x20" },
      after: "15m",
      labels: { namespace: "cache", job: "redis" },
    },
    quiet: {
      series: {
        ...Object.fromEntries(
          [..."abcdefghi"].map((name) => [`up{namespace="node-exporter",job="node-exporter",instance="${name}"}`, "1x30"]),
        ),
        'up{namespace="node-exporter",job="node-exporter",instance="j"}': "0x30",
        'up{namespace="cache",job="redis",instance="a"}': "1x5 0x5 1x20",
      },
      after: "20m",
    },
  },
  MetricsMissing: {
    fires: {
      series: {
        'kube_pod_info{pod="a"}': "1x5 _x40",
        'kubelet_node_name{node="a"}': "1x40",
        'container_cpu_usage_seconds_total{pod="a"}': "0+1x40",
        'node_uname_info{node="a"}': "1x40",
        'apiserver_request_total{code="200"}': "0+1x40",
      },
      after: "30m",
      labels: { source: "kube-state-metrics" },
    },
    quiet: {
      series: {
        'kube_pod_info{pod="a"}': "1x40",
        'kubelet_node_name{node="a"}': "1x40",
        'container_cpu_usage_seconds_total{pod="a"}': "0+1x40",
        'node_uname_info{node="a"}': "1x40",
        'apiserver_request_total{code="200"}': "0+1x40",
      },
      after: "30m",
    },
  },
  PrometheusStorageFull: {
    fires: {
      series: { 'prometheus_tsdb_size_retentions_total{pod="prometheus-0"}': "0x60 1x60" },
      after: "90m",
      labels: { pod: "prometheus-0" },
    },
    quiet: { series: { 'prometheus_tsdb_size_retentions_total{pod="prometheus-0"}': "3x120" }, after: "90m" },
  },
  PrometheusConfigRejected: {
    fires: {
      series: { 'prometheus_config_last_reload_successful{pod="prometheus-0"}': "0x20" },
      after: "15m",
      labels: { pod: "prometheus-0" },
    },
    quiet: { series: { 'prometheus_config_last_reload_successful{pod="prometheus-0"}': "0x5 1x20" }, after: "15m" },
  },
  PrometheusRuleFailures: {
    fires: {
      series: { 'prometheus_rule_evaluation_failures_total{pod="prometheus-0",rule_group="nodes"}': "0+1x30" },
      after: "25m",
      labels: { pod: "prometheus-0", rule_group: "nodes" },
    },
    quiet: { series: { 'prometheus_rule_evaluation_failures_total{pod="prometheus-0",rule_group="nodes"}': "0 1x40" }, after: "30m" },
  },
  PrometheusNotIngesting: {
    fires: {
      series: { 'prometheus_tsdb_head_samples_appended_total{pod="prometheus-0",type="float"}': "5x30" },
      after: "20m",
      labels: { pod: "prometheus-0" },
    },
    quiet: {
      series: {
        'prometheus_tsdb_head_samples_appended_total{pod="prometheus-0",type="float"}': "0+5x30",
        'prometheus_tsdb_head_samples_appended_total{pod="prometheus-0",type="histogram"}': "0x30",
      },
      after: "20m",
    },
  },
  PrometheusRemoteWriteBehind: {
    fires: {
      series: {
        'prometheus_remote_storage_queue_highest_timestamp_seconds{pod="prometheus-0",remote_name="archive"}': "0+60x40",
        'prometheus_remote_storage_queue_highest_sent_timestamp_seconds{pod="prometheus-0",remote_name="archive"}': "0+30x40",
      },
      after: "30m",
      labels: { pod: "prometheus-0", remote_name: "archive" },
    },
    quiet: {
      series: {
        'prometheus_remote_storage_queue_highest_timestamp_seconds{pod="prometheus-0",remote_name="archive"}': "120+60x40",
        'prometheus_remote_storage_queue_highest_sent_timestamp_seconds{pod="prometheus-0",remote_name="archive"}': "0+60x40",
      },
      after: "30m",
    },
  },
  AlertmanagerNotificationsFailing: {
    fires: {
      series: {
        'alertmanager_notifications_total{pod="a",integration="slack"}': "0+10x30",
        'alertmanager_notifications_failed_total{pod="a",integration="slack",reason="other"}': "0+1x30",
      },
      after: "20m",
      labels: { integration: "slack" },
    },
    quiet: {
      series: {
        'alertmanager_notifications_total{pod="a",integration="slack"}': "0+1000x30",
        'alertmanager_notifications_failed_total{pod="a",integration="slack",reason="other"}': "0+1x30",
        'alertmanager_notifications_total{pod="a",integration="email"}': "0x30",
        'alertmanager_notifications_failed_total{pod="a",integration="email",reason="other"}': "0x30",
      },
      after: "20m",
    },
  },
  AlertmanagerConfigRejected: {
    fires: { series: { 'alertmanager_config_last_reload_successful{pod="a"}': "0x20" }, after: "15m", labels: { pod: "a" } },
    quiet: { series: { 'alertmanager_config_last_reload_successful{pod="a"}': "0x5 1x20" }, after: "15m" },
  },
  ApiServerErrors: {
    fires: {
      series: { 'apiserver_request_total{code="200"}': "0+96x30", 'apiserver_request_total{code="503"}': "0+4x30" },
      after: "20m",
    },
    quiet: {
      series: { 'apiserver_request_total{code="200"}': "0+96x30", 'apiserver_request_total{code="503"}': "0+2x30" },
      after: "20m",
    },
  },
  ApiServerLatency: {
    fires: {
      series: {
        'apiserver_request_duration_seconds_bucket{verb="POST",le="1"}': "0+90x30",
        'apiserver_request_duration_seconds_bucket{verb="POST",le="5"}': "0+100x30",
        'apiserver_request_duration_seconds_bucket{verb="POST",le="+Inf"}': "0+100x30",
      },
      after: "25m",
    },
    quiet: {
      series: {
        'apiserver_request_duration_seconds_bucket{verb="POST",le="1"}': "0+1000x30",
        'apiserver_request_duration_seconds_bucket{verb="POST",le="5"}': "0+1001x30",
        'apiserver_request_duration_seconds_bucket{verb="POST",le="+Inf"}': "0+1001x30",
        'apiserver_request_duration_seconds_bucket{verb="LIST",le="1"}': "0x30",
        'apiserver_request_duration_seconds_bucket{verb="LIST",le="+Inf"}': "0+100x30",
      },
      after: "25m",
    },
  },
  DnsErrors: {
    fires: {
      series: { 'coredns_dns_responses_total{rcode="NOERROR"}': "0+95x30", 'coredns_dns_responses_total{rcode="SERVFAIL"}': "0+5x30" },
      after: "20m",
    },
    quiet: {
      series: {
        'coredns_dns_responses_total{rcode="NOERROR"}': "0+50x30",
        'coredns_dns_responses_total{rcode="NXDOMAIN"}': "0+48x30",
        'coredns_dns_responses_total{rcode="SERVFAIL"}': "0+2x30",
      },
      after: "20m",
    },
  },
};
