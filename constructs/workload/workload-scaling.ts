import type { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import type { StatefulSetV1 } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import { Construct } from "constructs";
import type { ServingIntent } from "../../applications/application";
import type { PodParts } from "./workload-pod";

type Scaling = NonNullable<Exclude<ServingIntent, { readonly kind: "daemon-set" }>["scaling"]>;

export interface WorkloadScalingProps {
  readonly parts: PodParts;
  readonly scaling: Scaling;
  /** Pods at least, as the environment has them. */
  readonly fewest: number;
  /** Pods at most. */
  readonly most: number;
  readonly target: { readonly kind: "Deployment" | "StatefulSet"; readonly pods: DeploymentV1 | StatefulSetV1 };
}

/** How many pods of a workload there are, by what there is to do. */
export class WorkloadScaling extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadScalingProps) {
    super(scope, id);
    const { scaling } = props;
    if (scaling.by === "load") this.createAutoscaler(props, scaling);
  }

  private createAutoscaler({ fewest, most, target }: WorkloadScalingProps, scaling: Extract<Scaling, { readonly by: "load" }>): void {
    const { kind, pods } = target;
    const { name, namespace } = pods.metadata;
    const metric = (resource: string, percent: number | undefined) =>
      percent === undefined
        ? []
        : [{ type: "Resource", resource: { name: resource, target: { type: "Utilization", averageUtilization: percent } } }];
    new HorizontalPodAutoscalerV2(this, "Autoscaler", {
      metadata: { name, namespace },
      spec: {
        minReplicas: Math.max(fewest, 1),
        maxReplicas: most,
        scaleTargetRef: { apiVersion: "apps/v1", kind, name },
        metric: [...metric("cpu", scaling.cpuPercent), ...metric("memory", scaling.memoryPercent)],
        // A pause between two bursts is no reason to take pods away.
        behavior: {
          scaleDown: [{ stabilizationWindowSeconds: 300, selectPolicy: "Min", policy: [{ type: "Percent", value: 50, periodSeconds: 60 }] }],
        },
      },
    });
  }
}
