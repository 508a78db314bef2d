import type { Alert, RuleGroup } from "../monitoring/alert";

const expiration = "max by (namespace, name) (certmanager_certificate_expiration_timestamp_seconds > 0)";
const renewal = "max by (namespace, name) (certmanager_certificate_renewal_timestamp_seconds)";

/** Certificates that cert-manager keeps. What routes answer with is seen by their probes. */
export const certificateRules: RuleGroup = {
  name: "certificates",
  alerts: [
    expiring("CertificateExpiresSoon", 21, "warning"),
    expiring("CertificateExpiresThisWeek", 7, "critical"),
    {
      name: "CertificateNotReady",
      expression: 'max by (namespace, name) (certmanager_certificate_ready_status{condition="True"}) == 0',
      forMinutes: 15,
      severity: "warning",
      summary: "Certificate {{ $labels.namespace }}/{{ $labels.name }} is not ready",
      description: "Its issuer has not signed it, or its secret does not hold it.",
    },
  ],
};

/**
 * A certificate that ends in so many days although it should have been renewed. Those of a day or a week are always near their end,
 * and cert-manager renews each after two thirds of its time; one of Let's Encrypt with 30 days left.
 */
function expiring(name: string, days: number, severity: Alert["severity"]): Alert {
  return {
    name,
    expression: `(${expiration} - time()) / 86400 < ${days} and on (namespace, name) ${renewal} < time()`,
    forMinutes: 60,
    severity,
    summary: `Certificate {{ $labels.namespace }}/{{ $labels.name }} expires in less than ${days} days`,
    description: 'It is valid for {{ $value | printf "%.1f" }} more days, and should have been renewed by now.',
  };
}
