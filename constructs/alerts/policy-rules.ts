import type { RuleGroup } from "../monitoring/alert";

/**
 * Failures of the last two hours: at admission, and when what runs already was looked at again, which is once an hour. A counter begins
 * with its first failure, and nothing has increased then.
 */
function failures(counter: string): string {
  const failed = `${counter}{result="fail"}`;
  const by = "sum by (policy_name, resource_namespace)";
  return `${by} (increase(${failed}[2h])) > 0 or ${by} (${failed} unless ${failed} offset 2h) > 0`;
}

/** What judges objects that are written to the cluster. */
export const policyRules: RuleGroup = {
  name: "policies",
  alerts: [
    {
      name: "PolicyViolation",
      expression: ["kyverno_validating_policy_results_total", "kyverno_image_validating_policy_results_total"].map(failures).join(" or "),
      forMinutes: 0,
      severity: "warning",
      summary: "Policy {{ $labels.policy_name }} is violated in {{ $labels.resource_namespace }}",
      description:
        '{{ $value | printf "%.0f" }} times in 2 hours. Where policies are enforced it was refused, unless it ran before the policy came.',
    },
    {
      name: "PolicyEngineDown",
      // Not said when nothing is known of any deployment: then MetricsMissing fires.
      expression:
        '(sum(kube_deployment_status_replicas_available{namespace="kyverno",deployment="kyverno-admission-controller"}) or vector(0)) == 0 and on () count(kube_deployment_status_replicas_available) > 0',
      forMinutes: 5,
      severity: "critical",
      summary: "Nothing judges what is written to the cluster",
      description: "Kyverno's admission controller has no pod. Pods are refused, or come in unjudged: as each policy's failurePolicy says.",
    },
  ],
};
