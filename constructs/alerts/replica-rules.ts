import type { RuleGroup } from "../monitoring/alert";

/** Jobs of cron jobs that have succeeded since. */
const madeUpFor =
  '(max by (namespace, job_name, owner_name) (kube_job_status_start_time * on (namespace, job_name) group_left (owner_name) kube_job_owner{owner_kind="CronJob"}) < on (namespace, owner_name) group_left () max by (namespace, owner_name) (label_replace(kube_cronjob_status_last_successful_time, "owner_name", "$1", "cronjob", "(.+)")))';

/** Whether those that watch over pods have as many as they want, and whether jobs are done. */
export const replicaRules: RuleGroup = {
  name: "replicas",
  alerts: [
    {
      name: "DeploymentReplicasMissing",
      expression:
        "max by (namespace, deployment) (kube_deployment_spec_replicas) - max by (namespace, deployment) (kube_deployment_status_replicas_available) > 0",
      forMinutes: 15,
      severity: "warning",
      summary: "Deployment {{ $labels.namespace }}/{{ $labels.deployment }} lacks replicas",
      description: "{{ $value }} are not available.",
    },
    {
      name: "StatefulSetReplicasMissing",
      expression:
        "max by (namespace, statefulset) (kube_statefulset_replicas) - max by (namespace, statefulset) (kube_statefulset_status_replicas_ready) > 0",
      forMinutes: 15,
      severity: "warning",
      summary: "Stateful set {{ $labels.namespace }}/{{ $labels.statefulset }} lacks replicas",
      description: "{{ $value }} are not ready.",
    },
    {
      name: "DaemonSetMissing",
      // Only while it stays as it is: nodes that come and go lack a pod for a moment, one after the other.
      expression:
        "max by (namespace, daemonset) (kube_daemonset_status_desired_number_scheduled) - max by (namespace, daemonset) (kube_daemonset_status_number_available) > 0 and on (namespace, daemonset) max by (namespace, daemonset) (changes(kube_daemonset_status_number_available[5m])) == 0",
      forMinutes: 15,
      severity: "warning",
      summary: "Daemon set {{ $labels.namespace }}/{{ $labels.daemonset }} is missing on nodes",
      description: "{{ $value }} nodes have no pod of it that is available.",
    },
    {
      name: "JobFailed",
      expression: `max by (namespace, job_name) (kube_job_failed{condition="true"}) == 1 unless on (namespace, job_name) ${madeUpFor}`,
      forMinutes: 0,
      severity: "warning",
      summary: "Job {{ $labels.namespace }}/{{ $labels.job_name }} has failed",
      description: "It used up its attempts or its time. The alert ends with the job, or when a later run of its cron job succeeds.",
    },
    {
      name: "CronJobLate",
      expression:
        "time() - max by (namespace, cronjob) (kube_cronjob_next_schedule_time) > 1800 unless on (namespace, cronjob) max by (namespace, cronjob) (kube_cronjob_spec_suspend) == 1",
      forMinutes: 5,
      severity: "warning",
      summary: "Cron job {{ $labels.namespace }}/{{ $labels.cronjob }} is late",
      description: "It should have begun {{ $value | humanizeDuration }} ago.",
    },
  ],
};
