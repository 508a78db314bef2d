import type { RuleGroup } from "../monitoring/alert";

/** The Kubernetes API and the cluster's DNS. */
export const controlPlaneRules: RuleGroup = {
  name: "control-plane",
  alerts: [
    {
      name: "ApiServerErrors",
      expression: '100 * sum(rate(apiserver_request_total{code=~"5.."}[5m])) / sum(rate(apiserver_request_total[5m])) > 3',
      forMinutes: 10,
      severity: "critical",
      summary: "The Kubernetes API answers with errors",
      description: '{{ $value | printf "%.1f" }} % of the requests end with a status of 500 or more.',
    },
    {
      name: "ApiServerLatency",
      // A second for 99 % of the writes: Kubernetes' own objective (API call latency SLO).
      expression:
        'histogram_quantile(0.99, sum by (le) (rate(apiserver_request_duration_seconds_bucket{verb=~"POST|PUT|PATCH|DELETE",subresource!~"proxy|exec|attach|portforward"}[5m]))) > 1',
      forMinutes: 15,
      severity: "warning",
      summary: "The Kubernetes API is slow",
      description: 'One write in a hundred takes more than {{ $value | printf "%.1f" }} seconds, webhooks included.',
    },
    {
      name: "DnsErrors",
      // 3 %: CoreDNS' mixin.
      expression: '100 * sum(rate(coredns_dns_responses_total{rcode="SERVFAIL"}[5m])) / sum(rate(coredns_dns_responses_total[5m])) > 3',
      forMinutes: 10,
      severity: "critical",
      summary: "The cluster's DNS fails",
      description: '{{ $value | printf "%.1f" }} % of the answers are SERVFAIL: pods do not find what they talk to.',
    },
  ],
};
