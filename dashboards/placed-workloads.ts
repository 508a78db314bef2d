import type { Application, WorkloadIntent } from "../applications/application";
import { above, noLimit } from "./limits";
import type { Panel } from "./panel";
import { podsNamedAfter } from "./selectors";

/** A workload, and where it is. */
export interface PlacedWorkload {
  readonly application: string;
  readonly workload: string;
}

/** Workloads that run on nodes of a kind. */
export function workloadsAt(applications: readonly Application[], placement: WorkloadIntent["placement"]): readonly PlacedWorkload[] {
  return applications.flatMap(({ name: application, workloads }) =>
    Object.entries(workloads)
      .filter(([, intent]) => intent.placement === placement)
      .map(([workload]) => ({ application, workload })),
  );
}

/** What pods of a few workloads use, and whether they live. */
export function podPanels(workloads: readonly string[]): readonly Panel[] {
  const of = podsNamedAfter(workloads);
  const legend = "{{namespace}}/{{pod}}";
  return [
    {
      kind: "lines",
      title: "CPU in use",
      description: "Cores, by pod.",
      unit: "short",
      limits: noLimit,
      queries: [
        {
          expression: `sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{${of}, container!=""}[$__rate_interval]))`,
          legend,
        },
      ],
    },
    {
      kind: "lines",
      title: "Memory, of its limit",
      description: "At the limit the container is ended, and what it had done is lost.",
      unit: "percentunit",
      limits: above(0.9),
      max: 1,
      alert: "ContainerMemoryNearLimit",
      queries: [
        {
          expression:
            `max by (namespace, pod, container) (container_memory_working_set_bytes{${of}, container!=""}) / ` +
            `max by (namespace, pod, container) (kube_pod_container_resource_limits{${of}, resource="memory"})`,
          legend,
        },
      ],
    },
    {
      kind: "lines",
      title: "Pods by phase",
      description: "Pending is waiting for a node or for an image.",
      unit: "short",
      limits: noLimit,
      queries: [{ expression: `sum by (phase) (kube_pod_status_phase{${of}})`, legend: "{{phase}}" }],
    },
    {
      kind: "lines",
      title: "Restarts in an hour",
      description: "Of containers. What was going on starts again.",
      unit: "short",
      limits: above(1, 5),
      alert: "PodCrashLooping",
      queries: [{ expression: `sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total{${of}}[1h]))`, legend }],
    },
  ];
}
