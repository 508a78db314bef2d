import type { Alert } from "../monitoring/alert";
import { selector } from "./selector";

/** Seconds for name, connection, TLS and answer together: pages that people wait for consist of several of them. */
const slowSeconds = 2;

/** Certificates are renewed with a month left or more (cert-manager: a third of their life; ACM: 60 days): by now it has failed for weeks. */
const expiringDays = 14;

/** Alerts of every route of an application. */
export function routeAlerts(application: string): readonly Alert[] {
  const of = selector({ namespace: application });
  return [
    {
      name: "RouteDown",
      expression: `probe_success${of} == 0`,
      forMinutes: 3,
      severity: "critical",
      summary: "{{ $labels.route }} does not answer",
      description: "Requests by the way in of the cluster get no answer with a status of success. {{ $labels.workload }} is behind it.",
    },
    {
      name: "RouteSlow",
      expression: `avg_over_time(probe_duration_seconds${of}[5m]) > ${slowSeconds}`,
      forMinutes: 10,
      severity: "warning",
      summary: `{{ $labels.route }} takes more than ${slowSeconds} s`,
      description: "A probe takes {{ $value | humanizeDuration }} on average, from the name to the whole answer.",
    },
    {
      name: "RouteCertificateExpires",
      expression: `(probe_ssl_earliest_cert_expiry${of} - time()) / 86400 < ${expiringDays}`,
      forMinutes: 60,
      severity: "warning",
      summary: "Certificate of {{ $labels.route }} expires",
      description: '{{ $value | printf "%.1f" }} days are left, and it should have been renewed long ago.',
    },
    {
      name: "RouteUnwatched",
      expression: `max by (namespace, workload, route) (up${selector({ namespace: application }, 'route!=""')}) == 0`,
      forMinutes: 15,
      severity: "warning",
      summary: "Nobody knows whether {{ $labels.route }} answers",
      description: "The prober does not answer Prometheus: alerts of the route are blind.",
    },
  ];
}
