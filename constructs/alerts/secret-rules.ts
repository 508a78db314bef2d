import type { RuleGroup } from "../monitoring/alert";

/** Secrets that External Secrets brings to namespaces. */
export const secretRules: RuleGroup = {
  name: "secrets",
  alerts: [
    {
      name: "SecretSyncFailed",
      expression: 'max by (namespace, name) (externalsecret_status_condition{condition="Ready",status="False"}) == 1',
      forMinutes: 15,
      severity: "warning",
      summary: "Secret {{ $labels.namespace }}/{{ $labels.name }} is not brought up to date",
      description: "Its ExternalSecret fails. Pods keep the value that they have; a new one does not arrive.",
    },
    {
      name: "SecretStoreNotReady",
      expression:
        'max by (name) (clustersecretstore_status_condition{condition="Ready",status="False"}) == 1 or max by (namespace, name) (secretstore_status_condition{condition="Ready",status="False"}) == 1',
      forMinutes: 15,
      severity: "critical", // the next rotation of a password cuts workloads off from their database
      summary: "Secret store {{ $labels.name }} cannot be read",
      description: "No secret is brought up to date, and no new workload gets one.",
    },
  ],
};
