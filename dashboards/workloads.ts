import { above, noLimit, whole } from "./limits";
import type { Board } from "./panel";
import { requestPanels } from "./request-panels";
import { ofWorkloads, podsOfWorkloads } from "./selectors";

const pod = "{{namespace}}/{{pod}}";

/** Workloads by the RED method: how many requests, how many fail, how long they take (T. Wilkie); then their pods, logs and traces. */
export const workloads: Board = {
  uid: "workloads",
  title: "Workloads",
  description: "Workloads: how many requests, how many fail, how long they take (the RED method); then their pods, logs and traces.",
  tags: ["workloads"],
  choosesWorkloads: true,
  rows: [
    {
      title: "Rate, errors, duration",
      panels: [
        ...requestPanels(ofWorkloads),
        {
          kind: "lines",
          title: "Requests by status",
          description: "4xx is what clients do wrong, 5xx what the workload does wrong.",
          unit: "reqps",
          limits: noLimit,
          queries: [
            {
              expression: `sum by (http_response_status_code) (rate(http_server_request_duration_seconds_count{${ofWorkloads}}[$__rate_interval]))`,
              legend: "{{http_response_status_code}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Time until an answer, half and nearly all",
          description: "Of 100 requests 50 and 99 are answered within this time. Far apart: some requests wait for something.",
          unit: "s",
          limits: above(2.5),
          alert: "WorkloadLatency",
          queries: [
            { expression: `workload:http_latency_seconds:p50{${ofWorkloads}}`, legend: "{{namespace}}/{{workload}} p50" },
            { expression: `workload:http_latency_seconds:p99{${ofWorkloads}}`, legend: "{{namespace}}/{{workload}} p99" },
          ],
        },
        {
          kind: "lines",
          title: "Probes of routes",
          description: "Share of probes that succeed.",
          unit: "percentunit",
          limits: whole,
          max: 1,
          alert: "RouteDown",
          queries: [{ expression: `avg by (namespace, workload) (probe_success{${ofWorkloads}})`, legend: "{{namespace}}/{{workload}}" }],
        },
      ],
    },
    {
      title: "Pods",
      panels: [
        {
          kind: "lines",
          title: "Pods that are ready",
          description: "A fall is a release, a fault, or fewer requests where the number follows them.",
          unit: "short",
          limits: noLimit,
          queries: [
            {
              expression: `sum by (namespace) (kube_pod_status_ready{${podsOfWorkloads}, condition="true"})`,
              legend: "{{namespace}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Restarts in an hour",
          description: "Of containers. Look at the end of the log before: `kubectl logs --previous`.",
          unit: "short",
          limits: above(1, 5),
          alert: "PodCrashLooping",
          queries: [
            {
              expression: `sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total{${podsOfWorkloads}}[1h])) > 0`,
              legend: pod,
            },
          ],
        },
        {
          kind: "lines",
          title: "CPU in use",
          description: "Cores, by pod.",
          unit: "short",
          limits: noLimit,
          queries: [
            {
              expression: `sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{${podsOfWorkloads}, container!=""}[$__rate_interval]))`,
              legend: pod,
            },
          ],
        },
        {
          kind: "lines",
          title: "Memory, of its limit",
          description: "At the limit the container is ended.",
          unit: "percentunit",
          limits: above(0.9),
          max: 1,
          alert: "ContainerMemoryNearLimit",
          queries: [
            {
              expression:
                `max by (namespace, pod, container) (container_memory_working_set_bytes{${podsOfWorkloads}, container!=""}) / ` +
                `max by (namespace, pod, container) (kube_pod_container_resource_limits{${podsOfWorkloads}, resource="memory"})`,
              legend: pod,
            },
          ],
        },
        {
          kind: "lines",
          title: "Held back by the limit of CPU",
          description: "Share of the periods in which a container was not let run.",
          unit: "percentunit",
          limits: above(0.25),
          max: 1,
          alert: "ContainerThrottled",
          queries: [
            {
              expression:
                `sum by (namespace, pod) (rate(container_cpu_cfs_throttled_periods_total{${podsOfWorkloads}}[$__rate_interval])) / ` +
                `sum by (namespace, pod) (rate(container_cpu_cfs_periods_total{${podsOfWorkloads}}[$__rate_interval]))`,
              legend: pod,
            },
          ],
        },
        {
          kind: "lines",
          title: "Pods, of the most that scaling makes",
          description: "At 1 there is no room for more requests.",
          unit: "percentunit",
          limits: above(0.8, 1),
          max: 1,
          alert: "HpaAtMaximum",
          queries: [
            {
              expression:
                'kube_horizontalpodautoscaler_status_current_replicas{namespace=~"$namespace"} / ' +
                'kube_horizontalpodautoscaler_spec_max_replicas{namespace=~"$namespace"}',
              legend: "{{namespace}}/{{horizontalpodautoscaler}}",
            },
          ],
        },
      ],
    },
    {
      title: "Logs and traces",
      panels: [
        {
          kind: "logs",
          title: "Lines that speak of errors",
          description: "The newest lines with error, fatal, panic or exception in them. A line with a trace id leads to its trace.",
          unit: "none",
          limits: noLimit,
          queries: [{ expression: `{${ofWorkloads}} |~ "(?i)(error|fatal|panic|exception)"`, legend: "logs" }],
        },
        {
          kind: "traces",
          title: "Traces with errors",
          description: "The newest traces of these namespaces in which something failed.",
          unit: "none",
          limits: noLimit,
          queries: [{ expression: '{resource.k8s.namespace.name=~"$namespace" && status=error}', legend: "traces" }],
        },
      ],
    },
  ],
};
