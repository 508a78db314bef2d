import { above, below, none, whole } from "./limits";
import type { Board } from "./panel";
import { requestPanels } from "./request-panels";
import { inNamespaces } from "./selectors";
import { signalPanel } from "./signal-panel";

/** The way in: the gateway itself, the routes behind it, and what answers them. */
export const gateway: Board = {
  uid: "gateway",
  title: "Gateway",
  description:
    "Requests from outside: how many, how many fail, how long they take; and whether every route answers the platform's own probes.",
  tags: ["ingress"],
  rows: [
    {
      title: "Gateway",
      panels: [
        signalPanel("gateway", "requests", { meaning: "All that comes in, over all routes." }),
        signalPanel("gateway", "errors", {
          meaning: "Of the gateway itself and of what is behind it. Nothing is shown for NGINX, which counts no statuses.",
        }),
        signalPanel("gateway", "latency", {
          meaning: "With the time that workloads take. Nothing is shown for NGINX, which measures no times.",
          limits: above(0.5, 1),
        }),
        signalPanel("gateway", "connections", { meaning: "Of clients. A rise without more requests is clients that wait, or an attack." }),
      ],
    },
    {
      title: "Routes",
      panels: [
        {
          kind: "number",
          title: "Routes that do not answer",
          description: "Probes of the platform, from inside of the cluster, by way of the gateway.",
          unit: "short",
          limits: none,
          alert: "RouteDown",
          queries: [{ expression: `count(probe_success{${inNamespaces}} == 0) or vector(0)`, legend: "routes" }],
        },
        {
          kind: "number",
          title: "Next end of a certificate",
          description: "The certificate that ends first, of those that routes answer with. They are renewed by themselves 30 days before.",
          unit: "d",
          limits: below(14, 7),
          alert: "RouteCertificateExpires",
          queries: [{ expression: `(min(probe_ssl_earliest_cert_expiry{${inNamespaces}}) - time()) / 86400`, legend: "days" }],
        },
        {
          kind: "lines",
          title: "Probes that succeed",
          description: "1 is yes, by route.",
          unit: "percentunit",
          limits: whole,
          max: 1,
          alert: "RouteDown",
          queries: [{ expression: `probe_success{${inNamespaces}}`, legend: "{{namespace}}/{{workload}} {{route}}" }],
        },
        {
          kind: "lines",
          title: "Time of a probe",
          description: "With the name looked up, the connection and TLS.",
          unit: "s",
          limits: above(2),
          alert: "RouteSlow",
          width: 24,
          queries: [{ expression: `probe_duration_seconds{${inNamespaces}}`, legend: "{{namespace}}/{{workload}} {{route}}" }],
        },
      ],
    },
    { title: "What is behind it", panels: requestPanels(inNamespaces) },
  ],
};
