import type { RuleGroup } from "../monitoring/alert";

/** A series of an autoscaler of pods. */
const ofHpa = (metric: string) => `max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_${metric})`;

/** What adds pods and nodes. Karpenter is on AWS alone. */
export const autoscalingRules: RuleGroup = {
  name: "autoscaling",
  alerts: [
    {
      name: "HpaAtMaximum",
      // One that may not grow is always there.
      expression: `${ofHpa("status_current_replicas")} >= ${ofHpa("spec_max_replicas")} and on (namespace, horizontalpodautoscaler) ${ofHpa("spec_max_replicas")} > ${ofHpa("spec_min_replicas")}`,
      forMinutes: 15,
      severity: "warning",
      summary: "{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} cannot add pods",
      description: "It has run all {{ $value }} that it may for 15 minutes.",
    },
    {
      name: "HpaCannotScale",
      // What is scaled to nothing says that it is not active.
      expression: `max by (namespace, horizontalpodautoscaler, condition) (kube_horizontalpodautoscaler_status_condition{condition=~"AbleToScale|ScalingActive",status="false"}) == 1 and on (namespace, horizontalpodautoscaler) ${ofHpa("status_desired_replicas")} > 0`,
      forMinutes: 15,
      severity: "warning",
      summary: "{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} does not scale",
      description: "{{ $labels.condition }} is false: it cannot read its metrics, or not change what it scales.",
    },
    {
      name: "KedaScalerErrors",
      expression: "sum by (namespace, scaledObject) (increase(keda_scaler_detail_errors_total[10m])) > 0",
      forMinutes: 10,
      severity: "warning",
      summary: "KEDA cannot ask what {{ $labels.namespace }}/{{ $labels.scaledObject }} is scaled by",
      description: '{{ $value | printf "%.0f" }} attempts failed in 10 minutes. The number of pods stays as it is.',
    },
    {
      name: "KarpenterCannotLaunch",
      // A claim that is gone is how it learns that a node is (Karpenter, upgrade guide).
      expression:
        'sum by (error) (increase(karpenter_cloudprovider_errors_total{method="Create",error!="NodeClaimNotFoundError"}[15m])) > 0',
      forMinutes: 15,
      severity: "warning",
      summary: "Karpenter cannot launch nodes: {{ $labels.error }}",
      description: 'EC2 refused {{ $value | printf "%.0f" }} times in 15 minutes.',
    },
    {
      name: "NodesAtMaximum",
      expression:
        '100 * max by (nodepool, resource_type) (karpenter_nodepools_usage{resource_type=~"cpu|memory"}) / max by (nodepool, resource_type) (karpenter_nodepools_limit{resource_type=~"cpu|memory"} > 0) > 90',
      forMinutes: 15,
      severity: "warning",
      summary: "Node pool {{ $labels.nodepool }} has nearly all the {{ $labels.resource_type }} that it may",
      description: '{{ $value | printf "%.0f" }} % of its limit are in use; beyond it no node comes.',
    },
  ],
};
