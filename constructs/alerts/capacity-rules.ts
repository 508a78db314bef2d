import type { Alert, RuleGroup } from "../monitoring/alert";

/** Requests of pods that have a place or wait for one, by a label of them. */
function requests(resource: "cpu" | "memory", by: string): string {
  const running = 'max by (namespace, pod) (kube_pod_status_phase{phase=~"Pending|Running"} == 1)';
  return `sum${by} (max by (namespace, pod, container) (kube_pod_container_resource_requests{resource="${resource}"}) * on (namespace, pod) group_left () ${running})`;
}

function requestedPercent(resource: "cpu" | "memory"): string {
  return `100 * ${requests(resource, "")} / sum(max by (node) (kube_node_status_allocatable{resource="${resource}"}))`;
}

/** How much of the cluster, and of what namespaces may use, is spoken for. */
export const capacityRules: RuleGroup = {
  name: "capacity",
  intervalSeconds: 60, // trends: twice a minute would tell nothing more
  recordings: [
    { record: "cluster:cpu_requests:percent", expression: requestedPercent("cpu") },
    { record: "cluster:memory_requests:percent", expression: requestedPercent("memory") },
    { record: "namespace:cpu:cores", expression: 'sum by (namespace) (rate(container_cpu_usage_seconds_total{container!=""}[5m]))' },
    { record: "namespace:memory:bytes", expression: 'sum by (namespace) (container_memory_working_set_bytes{container!=""})' },
    { record: "namespace:cpu_requests:cores", expression: requests("cpu", " by (namespace)") },
    { record: "namespace:memory_requests:bytes", expression: requests("memory", " by (namespace)") },
  ],
  alerts: [
    short("CapacityCpuShort", "cpu", "CPU"),
    short("CapacityMemoryShort", "memory", "memory"),
    {
      name: "QuotaNearlyUsed",
      expression:
        '100 * max by (namespace, resource) (kube_resourcequota{type="used"}) / max by (namespace, resource) (kube_resourcequota{type="hard"} > 0) > 90',
      forMinutes: 15,
      severity: "info",
      summary: "The quota of {{ $labels.namespace }} is nearly used up",
      description:
        '{{ $value | printf "%.0f" }} % of its {{ $labels.resource }} are in use; what goes beyond is not created, a rollout\'s pods included.',
    },
  ],
};

/** Nodes that are added would have brought it down in the hour. */
function short(name: string, resource: "cpu" | "memory", what: string): Alert {
  return {
    name,
    expression: `cluster:${resource}_requests:percent > 90`,
    forMinutes: 60,
    severity: "info",
    summary: `The cluster has little ${what} left to give`,
    description: `Pods ask for {{ $value | printf "%.0f" }} % of what nodes have. When a node is lost, not all of them find a place.`,
  };
}
