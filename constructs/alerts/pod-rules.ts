import type { RuleGroup } from "../monitoring/alert";

/** Memory that the kernel does not take back, by container. */
const memory = 'max by (namespace, pod, container) (container_memory_working_set_bytes{container!="",container!="POD"})';

/** Where each pod is; once, also while a pod of the same name is told of two nodes. */
const place = "topk by (namespace, pod) (1, max by (namespace, pod, node) (kube_pod_info))";

/** With the node, so that Alertmanager is silent about what is on one that is gone. */
const onNode = (expression: string) => `(${expression}) * on (namespace, pod) group_left (node) ${place}`;

/** Pods and their containers. */
export const podRules: RuleGroup = {
  name: "pods",
  alerts: [
    {
      name: "PodCrashLooping",
      expression: onNode(
        'max by (namespace, pod, container) (max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m])) == 1',
      ),
      forMinutes: 10, // between two starts the reason is away for less than the 5 minutes
      severity: "warning",
      summary: "{{ $labels.namespace }}/{{ $labels.pod }} crashes again and again",
      description: "Container {{ $labels.container }} ends soon after each start, and is started more and more rarely.",
    },
    {
      name: "PodNotReady",
      // What a job runs is never ready for anybody.
      expression: onNode(
        'max by (namespace, pod) (kube_pod_status_ready{condition="true"}) == 0 and on (namespace, pod) max by (namespace, pod) (kube_pod_status_phase{phase=~"Pending|Running|Unknown"}) == 1 unless on (namespace, pod) max by (namespace, pod) (kube_pod_owner{owner_kind="Job"})',
      ),
      forMinutes: 15,
      severity: "warning",
      summary: "{{ $labels.namespace }}/{{ $labels.pod }} is not ready",
      description: "It gets no requests. It does not start, or its readiness probe fails.",
    },
    {
      name: "PodUnschedulable",
      expression: "max by (namespace, pod) (kube_pod_status_unschedulable) == 1",
      forMinutes: 15, // a node from EC2 is there in 5 minutes
      severity: "warning",
      summary: "No node has room for {{ $labels.namespace }}/{{ $labels.pod }}",
      description: "No node has what it asks for, and none came in 15 minutes.",
    },
    {
      name: "ContainerOutOfMemory",
      expression: onNode(
        'sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[15m])) > 0 and on (namespace, pod, container) max by (namespace, pod, container) (kube_pod_container_status_last_terminated_reason{reason="OOMKilled"}) == 1',
      ),
      forMinutes: 0,
      severity: "warning",
      summary: "{{ $labels.namespace }}/{{ $labels.pod }} used more memory than it may",
      description: "The kernel killed container {{ $labels.container }}: it reached its limit.",
    },
    {
      name: "ContainerMemoryNearLimit",
      expression: `100 * ${memory} / on (namespace, pod, container) max by (namespace, pod, container) (kube_pod_container_resource_limits{resource="memory"} > 0) > 90`,
      forMinutes: 15,
      severity: "info",
      summary: "{{ $labels.namespace }}/{{ $labels.pod }} is near its limit of memory",
      description: 'Container {{ $labels.container }} uses {{ $value | printf "%.0f" }} % of it; at 100 % it is killed.',
    },
    {
      name: "ContainerThrottled",
      // A quarter of the periods: Kubernetes' mixin.
      expression:
        '100 * sum by (namespace, pod, container) (rate(container_cpu_cfs_throttled_periods_total{container!=""}[5m])) / sum by (namespace, pod, container) (rate(container_cpu_cfs_periods_total{container!=""}[5m])) > 25',
      forMinutes: 15,
      severity: "info",
      summary: "{{ $labels.namespace }}/{{ $labels.pod }} waits for its limit of CPU",
      description: 'In {{ $value | printf "%.0f" }} % of the periods container {{ $labels.container }} had to stop.',
    },
  ],
};
