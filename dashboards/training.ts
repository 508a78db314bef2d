import type { Application } from "../applications/application";
import { above, noLimit } from "./limits";
import { measurePanels, measuresOf } from "./measures";
import type { Board } from "./panel";
import { podPanels, workloadsAt } from "./placed-workloads";

/** Training of models: what comes out, what it runs on, and what waits. */
export function training(applications: readonly Application[]): Board {
  const workloads = workloadsAt(applications, "training");
  const names = workloads.map(({ workload }) => workload);
  return {
    uid: "ml-training-metrics",
    title: "ML training",
    description: "Training of models: what comes out, what waits, and what it runs on.",
    tags: ["ml"],
    since: "24h",
    rows: [
      {
        title: "Models",
        panels: measuresOf(applications)
          .filter(({ application, workload }) => workloads.some((at) => at.application === application && at.workload === workload))
          .flatMap(measurePanels),
      },
      {
        title: "GPUs",
        panels: [
          {
            kind: "number",
            width: 8,
            title: "GPUs of nodes",
            description: "That the cluster has now. None is normal where nodes come only when they are asked for.",
            unit: "short",
            limits: noLimit,
            queries: [{ expression: 'sum(kube_node_status_allocatable{resource="nvidia_com_gpu"}) or vector(0)', legend: "GPUs" }],
          },
          {
            kind: "number",
            width: 8,
            title: "GPUs that pods have",
            description: "Asked for by pods that have a node.",
            unit: "short",
            limits: noLimit,
            queries: [
              {
                expression:
                  'sum(kube_pod_container_resource_requests{namespace=~"$namespace", resource="nvidia_com_gpu", node!=""}) or vector(0)',
                legend: "GPUs",
              },
            ],
          },
          {
            kind: "number",
            width: 8,
            title: "GPUs that pods wait for",
            description: "Asked for by pods without a node. More than a quarter of an hour: no node can be had.",
            unit: "short",
            limits: above(1),
            alert: "PodUnschedulable",
            queries: [
              {
                expression:
                  'sum(kube_pod_container_resource_requests{namespace=~"$namespace", resource="nvidia_com_gpu", node=""}) or vector(0)',
                legend: "GPUs",
              },
            ],
          },
        ],
      },
      { title: "Pods", panels: podPanels(names) },
    ],
  };
}
