import type { AlertCases } from "../alert-case";

const pod = { namespace: "search", pod: "api-1" };
const container = { ...pod, container: "api" };
const ofPod = 'namespace="search",pod="api-1"';
/** Where the pod is. */
const info = { [`kube_pod_info{${ofPod},node="a"}`]: "1x30" };
const ofContainer = `${ofPod},container="api"`;

export const podCases: AlertCases = {
  PodCrashLooping: {
    fires: {
      // Away while it runs for a moment, every five minutes.
      series: { ...info, [`kube_pod_container_status_waiting_reason{${ofContainer},reason="CrashLoopBackOff"}`]: "1x4 _ 1x4 _ 1x4 _ 1x4" },
      after: "18m",
      labels: { ...container, node: "a" },
    },
    quiet: {
      series: {
        ...info,
        [`kube_pod_container_status_waiting_reason{${ofContainer},reason="CrashLoopBackOff"}`]: "1x3 _x20",
        [`kube_pod_container_status_waiting_reason{namespace="search",pod="api-2",container="api",reason="ContainerCreating"}`]: "1x20",
      },
      after: "18m",
    },
  },
  PodNotReady: {
    fires: {
      series: {
        ...info,
        [`kube_pod_status_ready{${ofPod},condition="true"}`]: "0x30",
        [`kube_pod_status_ready{${ofPod},condition="false"}`]: "1x30",
        [`kube_pod_status_phase{${ofPod},phase="Running"}`]: "1x30",
        [`kube_pod_owner{${ofPod},owner_kind="ReplicaSet"}`]: "1x30",
      },
      after: "20m",
      labels: { ...pod, node: "a" },
    },
    quiet: {
      series: {
        ...info,
        'kube_pod_info{namespace="search",pod="job",node="a"}': "1x30",
        'kube_pod_info{namespace="search",pod="done",node="a"}': "1x30",
        'kube_pod_status_ready{namespace="search",pod="job",condition="true"}': "0x30",
        'kube_pod_status_phase{namespace="search",pod="job",phase="Running"}': "1x30",
        'kube_pod_owner{namespace="search",pod="job",owner_kind="Job"}': "1x30",
        'kube_pod_status_ready{namespace="search",pod="done",condition="true"}': "0x30",
        'kube_pod_status_phase{namespace="search",pod="done",phase="Succeeded"}': "1x30",
        [`kube_pod_status_ready{${ofPod},condition="true"}`]: "0x10 1x30",
        [`kube_pod_status_phase{${ofPod},phase="Running"}`]: "1x30",
      },
      after: "20m",
    },
  },
  PodUnschedulable: {
    fires: { series: { [`kube_pod_status_unschedulable{${ofPod}}`]: "1x30" }, after: "20m", labels: pod },
    quiet: { series: { [`kube_pod_status_unschedulable{${ofPod}}`]: "1x10 _x30" }, after: "20m" },
  },
  ContainerOutOfMemory: {
    fires: {
      series: {
        ...info,
        [`kube_pod_container_status_restarts_total{${ofContainer}}`]: "0x10 1x20",
        [`kube_pod_container_status_last_terminated_reason{${ofContainer},reason="OOMKilled"}`]: "_x10 1x20",
      },
      after: "15m",
      labels: { ...container, node: "a" },
    },
    quiet: {
      series: {
        ...info,
        'kube_pod_info{namespace="search",pod="api-2",node="a"}': "1x30",
        // Long ago; and one that ended by itself.
        [`kube_pod_container_status_restarts_total{${ofContainer}}`]: "1x30",
        [`kube_pod_container_status_last_terminated_reason{${ofContainer},reason="OOMKilled"}`]: "1x30",
        'kube_pod_container_status_restarts_total{namespace="search",pod="api-2",container="api"}': "0x10 1x20",
        'kube_pod_container_status_last_terminated_reason{namespace="search",pod="api-2",container="api",reason="Error"}': "1x30",
      },
      after: "15m",
    },
  },
  ContainerMemoryNearLimit: {
    fires: {
      series: {
        [`container_memory_working_set_bytes{${ofContainer},node="worker"}`]: "95x30",
        [`kube_pod_container_resource_limits{${ofContainer},resource="memory"}`]: "100x30",
      },
      after: "20m",
      labels: container,
    },
    quiet: {
      series: {
        [`container_memory_working_set_bytes{${ofContainer},node="worker"}`]: "89x30",
        [`kube_pod_container_resource_limits{${ofContainer},resource="memory"}`]: "100x30",
        [`kube_pod_container_resource_limits{${ofContainer},resource="cpu"}`]: "1x30",
      },
      after: "20m",
    },
  },
  ContainerThrottled: {
    fires: {
      series: {
        [`container_cpu_cfs_throttled_periods_total{${ofContainer}}`]: "0+30x30",
        [`container_cpu_cfs_periods_total{${ofContainer}}`]: "0+100x30",
      },
      after: "25m",
      labels: container,
    },
    quiet: {
      series: {
        [`container_cpu_cfs_throttled_periods_total{${ofContainer}}`]: "0+20x30",
        [`container_cpu_cfs_periods_total{${ofContainer}}`]: "0+100x30",
      },
      after: "25m",
    },
  },
  DeploymentReplicasMissing: {
    fires: {
      series: {
        'kube_deployment_spec_replicas{namespace="search",deployment="api"}': "3x30",
        'kube_deployment_status_replicas_available{namespace="search",deployment="api"}': "2x30",
      },
      after: "20m",
      labels: { namespace: "search", deployment: "api" },
    },
    quiet: {
      series: {
        'kube_deployment_spec_replicas{namespace="search",deployment="api"}': "3x30",
        'kube_deployment_status_replicas_available{namespace="search",deployment="api"}': "2x10 3x30",
      },
      after: "20m",
    },
  },
  StatefulSetReplicasMissing: {
    fires: {
      series: {
        'kube_statefulset_replicas{namespace="cache",statefulset="redis"}': "3x30",
        'kube_statefulset_status_replicas_ready{namespace="cache",statefulset="redis"}': "2x30",
      },
      after: "20m",
      labels: { namespace: "cache", statefulset: "redis" },
    },
    quiet: {
      series: {
        'kube_statefulset_replicas{namespace="cache",statefulset="redis"}': "3x30",
        'kube_statefulset_status_replicas_ready{namespace="cache",statefulset="redis"}': "2x10 3x30",
      },
      after: "20m",
    },
  },
  DaemonSetMissing: {
    fires: {
      series: {
        'kube_daemonset_status_desired_number_scheduled{namespace="monitoring",daemonset="alloy"}': "5x30",
        'kube_daemonset_status_number_available{namespace="monitoring",daemonset="alloy"}': "4x30",
      },
      after: "25m",
      labels: { namespace: "monitoring", daemonset: "alloy" },
    },
    quiet: {
      series: {
        'kube_daemonset_status_desired_number_scheduled{namespace="monitoring",daemonset="other"}': "5x30",
        'kube_daemonset_status_number_available{namespace="monitoring",daemonset="other"}': "5x30",
        // A node comes every few minutes, and gets its pod a moment later.
        'kube_daemonset_status_desired_number_scheduled{namespace="monitoring",daemonset="alloy"}': "5x2 6x3 7x3 8x3 9x3 10x3 11x3 12x3",
        'kube_daemonset_status_number_available{namespace="monitoring",daemonset="alloy"}': "4x2 5x3 6x3 7x3 8x3 9x3 10x3 11x3",
      },
      after: "25m",
    },
  },
  JobFailed: {
    fires: {
      series: { 'kube_job_failed{namespace="search",job_name="reindex",condition="true"}': "1x5" },
      after: "2m",
      labels: { namespace: "search", job_name: "reindex" },
    },
    quiet: {
      series: {
        'kube_job_failed{namespace="search",job_name="reindex",condition="true"}': "0x5",
        'kube_job_failed{namespace="search",job_name="reindex",condition="false"}': "1x5",
        // The next run has succeeded.
        'kube_job_failed{namespace="search",job_name="nightly-1",condition="true"}': "1x5",
        'kube_job_status_start_time{namespace="search",job_name="nightly-1"}': "10x5",
        'kube_job_owner{namespace="search",job_name="nightly-1",owner_kind="CronJob",owner_name="nightly"}': "1x5",
        'kube_cronjob_status_last_successful_time{namespace="search",cronjob="nightly"}': "20x5",
      },
      after: "2m",
    },
  },
  CronJobLate: {
    fires: {
      series: { 'kube_cronjob_next_schedule_time{namespace="search",cronjob="reindex"}': "600x60" },
      after: "50m",
      labels: { namespace: "search", cronjob: "reindex" },
    },
    quiet: {
      series: {
        'kube_cronjob_next_schedule_time{namespace="search",cronjob="reindex"}': "1800x60",
        'kube_cronjob_next_schedule_time{namespace="search",cronjob="suspended"}': "60x60",
        'kube_cronjob_spec_suspend{namespace="search",cronjob="suspended"}': "1x60",
      },
      after: "50m",
    },
  },
};
