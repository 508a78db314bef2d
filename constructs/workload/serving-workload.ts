import { DaemonSetV1 } from "@cdktf/provider-kubernetes/lib/daemon-set-v1";
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { StatefulSetV1 } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import { Construct } from "constructs";
import type { ServingIntent } from "../../applications/application";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { labelsOf, serverSelector } from "./workload-labels";
import { podTemplate, type PodParts } from "./workload-pod";
import { WorkloadScaling } from "./workload-scaling";
import type { WorkloadSetting } from "./workload-setting";

export interface ServingWorkloadProps {
  readonly setting: WorkloadSetting;
  readonly parts: PodParts;
  readonly namespace: GuardedNamespace;
  readonly intent: ServingIntent;
}

type Several = Exclude<ServingIntent, { readonly kind: "daemon-set" }>;

/** How long a rollout may take: a node may have to be made first. */
const timeouts = { create: "15m", update: "15m" };

/** Pods that run all the time: how many, what of them may be away, and how a new release takes their place. */
export class ServingWorkload extends Construct {
  private readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> };

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServingWorkloadProps,
  ) {
    super(scope, id);
    const { intent, namespace, parts } = props;
    const { workload } = parts.place;
    this.metadata = { name: workload, namespace: namespace.resource.metadata.name, labels: labelsOf(parts.place, "server") };
    if (intent.kind === "daemon-set") this.createDaemonSet();
    else this.createSeveral(intent);
  }

  private createDaemonSet(): void {
    const { namespace, parts } = this.props;
    namespace.expect([{ replicas: expectedNodes, resources: parts.resources }]);
    new DaemonSetV1(this, "Resource", {
      metadata: this.metadata,
      timeouts,
      spec: { selector: this.selector, template: podTemplate(parts, { role: "server" }) },
      dependsOn: [...parts.requires],
    });
  }

  private createSeveral(intent: Several): void {
    const { namespace, parts, setting } = this.props;
    const { workloads } = setting.setting.footprint;
    const { scaling } = intent;
    const fewest = workloads.replicas(scaling ? scaling.min : (intent.replicas ?? 1));
    const most = scaling ? Math.max(workloads.most(scaling.max), fewest, 1) : fewest;
    namespace.expect([{ replicas: most, resources: parts.resources }]);
    const spec = {
      // Whoever scales decides, and a plan must not take it back.
      ...(scaling ? {} : { replicas: String(fewest) }),
      selector: this.selector,
      template: podTemplate(parts, { role: "server", replicas: most }),
    };
    const shared = { metadata: this.metadata, timeouts, dependsOn: [...parts.requires] };
    const pods =
      intent.kind === "deployment"
        ? new DeploymentV1(this, "Resource", { ...shared, spec: { ...spec, strategy: strategyOf(intent) } })
        : new StatefulSetV1(this, "Resource", {
            ...shared,
            spec: { ...spec, serviceName: this.metadata.name, volumeClaimTemplate: claimsOf(intent) },
            // What Kubernetes keeps for each pod is data.
            ...(claimsOf(intent).length > 0 ? { lifecycle: { preventDestroy: !setting.setting.environment.disposable } } : {}),
          });
    if (scaling) new WorkloadScaling(this, "Scaling", { ...this.props, scaling, fewest, most, target: { kind: kinds[intent.kind], pods } });
    const budget = budgetOf(intent, fewest);
    if (budget)
      new PodDisruptionBudgetV1(this, "DisruptionBudget", { metadata: this.metadata, spec: { ...budget, selector: this.selector } });
  }

  private get selector() {
    return { matchLabels: serverSelector(this.props.parts.place.workload) };
  }
}

const kinds = { deployment: "Deployment", "stateful-set": "StatefulSet" } as const;

/** Nodes that a quota has room for where a pod is on every one. `quotas` of the environment says otherwise. */
const expectedNodes = 20;

function strategyOf({ rollout = "beside" }: Extract<Several, { readonly kind: "deployment" }>) {
  return rollout === "after" ? { type: "Recreate" } : { type: "RollingUpdate", rollingUpdate: { maxSurge: "1", maxUnavailable: "0" } };
}

function claimsOf({ volumes = [] }: Several) {
  return volumes.flatMap(({ content, name }) =>
    content.kind === "persistent"
      ? [{ metadata: { name }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${content.gib}Gi` } } } }]
      : [],
  );
}

/** A budget for one pod alone would keep its node from being renewed. */
function budgetOf({ disruption = { maxUnavailable: 1 } }: Several, fewest: number): Record<string, string> | undefined {
  if (fewest < 2) return undefined;
  const { maxUnavailable, minAvailable } = disruption;
  return minAvailable === undefined ? { maxUnavailable: String(maxUnavailable) } : { minAvailable: String(minAvailable) };
}
