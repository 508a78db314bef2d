import type { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import type { StatefulSetV1 } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import { Construct } from "constructs";
import type { ServingIntent } from "../../applications/application";
import { Manifests } from "../addons/manifests";
import type { ScaledObject } from "../scaling/scaled-object";
import type { PodParts } from "./workload-pod";
import type { WorkloadSetting } from "./workload-setting";

type Scaling = NonNullable<Exclude<ServingIntent, { readonly kind: "daemon-set" }>["scaling"]>;
type By<Measure extends Scaling["by"]> = Extract<Scaling, { readonly by: Measure }>;

export interface WorkloadScalingProps {
  readonly setting: WorkloadSetting;
  readonly parts: PodParts;
  readonly scaling: Scaling;
  /** Pods at least, as the environment has them. */
  readonly fewest: number;
  /** Pods at most. */
  readonly most: number;
  readonly target: { readonly kind: "Deployment" | "StatefulSet"; readonly pods: DeploymentV1 | StatefulSetV1 };
}

/** A pause between two bursts is no reason to take pods away, in seconds: Kubernetes' and KEDA's own default. */
const pauseSeconds = 300;

/** How often KEDA looks whether there is something to do again, in seconds. */
const pollingSeconds = 15;

/** How many pods of a workload there are, by what there is to do. */
export class WorkloadScaling extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadScalingProps,
  ) {
    super(scope, id);
    const { scaling } = props;
    switch (scaling.by) {
      case "load":
        this.scaleByLoad(scaling);
        break;
      case "queue":
        this.scaleByQueue(scaling);
        break;
    }
  }

  private scaleByLoad({ cpuPercent, memoryPercent }: By<"load">): void {
    const { fewest, most, target } = this.props;
    const { kind, pods } = target;
    const { name, namespace } = pods.metadata;
    const metric = (resource: string, percent: number | undefined) =>
      percent === undefined
        ? []
        : [{ type: "Resource", resource: { name: resource, target: { type: "Utilization", averageUtilization: percent } } }];
    new HorizontalPodAutoscalerV2(this, "Autoscaler", {
      metadata: { name, namespace },
      spec: {
        minReplicas: Math.max(fewest, 1), // Kubernetes counts the use of pods that there are
        maxReplicas: most,
        scaleTargetRef: { apiVersion: "apps/v1", kind, name },
        metric: [...metric("cpu", cpuPercent), ...metric("memory", memoryPercent)],
        behavior: {
          scaleDown: [
            { stabilizationWindowSeconds: pauseSeconds, selectPolicy: "Min", policy: [{ type: "Percent", value: 50, periodSeconds: 60 }] },
          ],
        },
      },
    });
  }

  private scaleByQueue(queue: By<"queue">): void {
    const { fewest, most, parts, setting, target } = this.props;
    const { application, workload } = parts.place;
    const { queues } = setting;
    if (queues === undefined) throw new Error(`${this.node.path} has nobody to read its queue; make a QueueReader for the stack`);
    const scaledObject: ScaledObject = {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      metadata: { name: workload, namespace: application },
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: target.kind, name: workload },
        minReplicaCount: fewest,
        maxReplicaCount: most,
        pollingInterval: pollingSeconds,
        cooldownPeriod: pauseSeconds,
        triggers: [queues.trigger(queue)],
      },
    };
    new Manifests(this, "ScaledObject", {
      release: `${workload}-scaling`,
      namespace: application,
      resources: [scaledObject],
      requires: [queues, { installed: [target.pods] }],
    });
  }
}
