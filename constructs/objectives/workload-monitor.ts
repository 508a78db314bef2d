import type { WorkloadPlace } from "../../applications/connections";
import type { ServingIntent } from "../../applications/application";
import type { PodMonitor } from "../monitoring/pod-monitor";
import { serverSelector } from "../workload/workload-labels";

/** Series that a pod may tell: a label with a value for each user, for one, must not fill Prometheus for everybody. */
const mostSamples = 10_000;

/** How Prometheus asks the pods of a workload. Labels of its series are those of the recorded ones. */
export function workloadMonitor({ application, workload }: WorkloadPlace, metrics: NonNullable<ServingIntent["metrics"]>): PodMonitor {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: workload, namespace: application },
    spec: {
      selector: { matchLabels: serverSelector(workload) },
      podMetricsEndpoints: [
        {
          ...metrics,
          // `namespace` and `pod` come from the operator.
          relabelings: [
            { targetLabel: "workload", replacement: workload },
            { targetLabel: "job", replacement: `${application}/${workload}` },
          ],
        },
      ],
      sampleLimit: mostSamples,
    },
  };
}
