import type { AlertCases, AlertCase } from "../alert-case";

const day = 86_400;
const certificate = { namespace: "gateway", name: "wildcard" };
const ofCertificate = (name: string) => `namespace="gateway",name="${name}"`;

/** Prometheus' time begins at 0 here. One certificate should have been renewed, the other lives for a day. */
function expiring(days: number): AlertCase {
  const series = (left: number) => ({
    [`certmanager_certificate_expiration_timestamp_seconds{${ofCertificate("wildcard")}}`]: `${left * day}x120`,
    [`certmanager_certificate_renewal_timestamp_seconds{${ofCertificate("wildcard")}}`]: "60x120",
    [`certmanager_certificate_expiration_timestamp_seconds{${ofCertificate("short")}}`]: `${day}x120`,
    [`certmanager_certificate_renewal_timestamp_seconds{${ofCertificate("short")}}`]: `${day / 2}x120`,
    [`certmanager_certificate_expiration_timestamp_seconds{${ofCertificate("new")}}`]: "0x120",
    [`certmanager_certificate_renewal_timestamp_seconds{${ofCertificate("new")}}`]: "0x120",
  });
  return { fires: { series: series(days), after: "90m", labels: certificate }, quiet: { series: series(days + 1), after: "90m" } };
}

/** Certificates, secrets and policies. */
export const trustCases: AlertCases = {
  CertificateExpiresSoon: expiring(21),
  CertificateExpiresThisWeek: expiring(7),
  CertificateNotReady: {
    fires: {
      series: {
        [`certmanager_certificate_ready_status{${ofCertificate("wildcard")},condition="True"}`]: "0x30",
        [`certmanager_certificate_ready_status{${ofCertificate("wildcard")},condition="False"}`]: "1x30",
      },
      after: "20m",
      labels: certificate,
    },
    quiet: {
      series: {
        [`certmanager_certificate_ready_status{${ofCertificate("wildcard")},condition="True"}`]: "0x10 1x30",
        [`certmanager_certificate_ready_status{${ofCertificate("wildcard")},condition="False"}`]: "1x10 0x30",
      },
      after: "20m",
    },
  },
  SecretSyncFailed: {
    fires: {
      series: { 'externalsecret_status_condition{namespace="search",name="db",condition="Ready",status="False"}': "1x30" },
      after: "20m",
      labels: { namespace: "search", name: "db" },
    },
    quiet: {
      series: {
        'externalsecret_status_condition{namespace="search",name="db",condition="Ready",status="False"}': "1x10 0x30",
        'externalsecret_status_condition{namespace="search",name="db",condition="Ready",status="True"}': "0x10 1x30",
      },
      after: "20m",
    },
  },
  SecretStoreNotReady: {
    fires: {
      series: { 'clustersecretstore_status_condition{name="platform",condition="Ready",status="False"}': "1x30" },
      after: "20m",
      labels: { name: "platform" },
    },
    quiet: {
      series: {
        'clustersecretstore_status_condition{name="platform",condition="Ready",status="False"}': "0x30",
        'clustersecretstore_status_condition{name="platform",condition="Ready",status="True"}': "1x30",
        'secretstore_status_condition{namespace="search",name="own",condition="Ready",status="False"}': "1x10 0x30",
        'secretstore_status_condition{namespace="search",name="own",condition="Ready",status="True"}': "0x10 1x30",
      },
      after: "20m",
    },
  },
  PolicyViolation: {
    fires: {
      // Its counter begins with it.
      series: {
        'kyverno_validating_policy_results_total{policy_name="bounded-pods",resource_namespace="search",result="fail"}': "_x10 1x60",
      },
      after: "30m",
      labels: { policy_name: "bounded-pods", resource_namespace: "search" },
    },
    quiet: {
      series: {
        'kyverno_validating_policy_results_total{policy_name="bounded-pods",resource_namespace="search",result="fail"}': "4x200",
        'kyverno_validating_policy_results_total{policy_name="bounded-pods",resource_namespace="search",result="pass"}': "0+1x200",
        'kyverno_image_validating_policy_results_total{policy_name="signed",resource_namespace="search",result="pass"}': "0+1x200",
        'kyverno_image_validating_policy_results_total{policy_name="signed",resource_namespace="search",result="fail"}': "2x200",
      },
      after: "150m",
    },
  },
  PolicyEngineDown: {
    fires: {
      series: { 'kube_deployment_status_replicas_available{namespace="kyverno",deployment="kyverno-reports-controller"}': "1x20" },
      after: "10m",
    },
    quiet: {
      series: {
        'kube_deployment_status_replicas_available{namespace="kyverno",deployment="kyverno-admission-controller"}': "1x20",
        'kube_deployment_status_replicas_available{namespace="search",deployment="api"}': "0x20",
      },
      after: "10m",
    },
  },
};
