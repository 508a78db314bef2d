import { DaemonSetV1 } from "@cdktf/provider-kubernetes/lib/daemon-set-v1";
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { StatefulSetV1 } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ServingIntent } from "../../applications/application";
import type { Installed } from "../addons/installed";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import { defaultClassName } from "../storage/default-class";
import { patienceWith } from "./rollout";
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

/** How many pods there are at least and at most. */
interface Pods {
  readonly fewest: number;
  readonly most: number;
}

/** Pods that run all the time: how many, what of them may be away, and how a new release takes their place. */
export class ServingWorkload extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];
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
    this.installed = [intent.kind === "daemon-set" ? this.createDaemonSet(intent) : this.createSeveral(intent)];
  }

  private createDaemonSet(intent: ServingIntent): DaemonSetV1 {
    const { namespace, parts } = this.props;
    namespace.expect([{ replicas: expectedNodes, resources: parts.resources }]);
    return new DaemonSetV1(this, "Resource", {
      metadata: this.metadata,
      timeouts: patienceWith(intent, expectedNodes).timeouts,
      spec: { selector: this.selector, template: podTemplate(parts, { role: "server" }) },
      dependsOn: [...parts.requires],
    });
  }

  private createSeveral(intent: Several): DeploymentV1 | StatefulSetV1 {
    const { namespace, parts } = this.props;
    const { scaling } = intent;
    const pods = this.podsOf(intent);
    namespace.expect([{ replicas: pods.most, resources: parts.resources }]);
    const resource = intent.kind === "deployment" ? this.createDeployment(intent, pods) : this.createStatefulSet(intent, pods);
    if (scaling)
      new WorkloadScaling(this, "Scaling", { ...this.props, scaling, ...pods, target: { kind: kinds[intent.kind], pods: resource } });
    const budget = budgetOf(intent, pods);
    if (budget)
      new PodDisruptionBudgetV1(this, "DisruptionBudget", { metadata: this.metadata, spec: { ...budget, selector: this.selector } });
    return resource;
  }

  private podsOf({ replicas = 1, scaling }: Several): Pods {
    const { workloads } = this.props.setting.setting.footprint;
    const fewest = workloads.replicas(scaling ? scaling.min : replicas);
    return { fewest, most: scaling ? Math.max(workloads.most(scaling.max), fewest, 1) : fewest };
  }

  private createDeployment(intent: Extract<Several, { readonly kind: "deployment" }>, pods: Pods): DeploymentV1 {
    const { progressDeadlineSeconds, timeouts } = patienceWith(intent, pods.most);
    return new DeploymentV1(this, "Resource", {
      metadata: this.metadata,
      timeouts,
      spec: { ...this.specOf(intent, pods), progressDeadlineSeconds, strategy: strategyOf(intent) },
      dependsOn: [...this.props.parts.requires],
    });
  }

  private createStatefulSet(intent: Several, pods: Pods): StatefulSetV1 {
    const { parts, setting } = this.props;
    const { disposable } = setting.setting.environment;
    const volumeClaimTemplate = claimsOf(intent);
    const keeping = {
      volumeClaimTemplate,
      persistentVolumeClaimRetentionPolicy: [{ whenDeleted: disposable ? "Delete" : "Retain", whenScaled: "Retain" }],
    };
    const keeps = volumeClaimTemplate.length > 0;
    return new StatefulSetV1(this, "Resource", {
      metadata: this.metadata,
      timeouts: patienceWith(intent, pods.most).timeouts,
      spec: { ...this.specOf(intent, pods), serviceName: this.metadata.name, ...(keeps ? keeping : {}) },
      ...(keeps ? { lifecycle: { preventDestroy: !disposable } } : {}),
      dependsOn: [...parts.requires],
    });
  }

  private specOf({ scaling }: Several, { fewest, most }: Pods) {
    return {
      // Whoever scales decides, and a plan must not take it back.
      ...(scaling ? {} : { replicas: String(fewest) }),
      selector: this.selector,
      template: podTemplate(this.props.parts, { role: "server", replicas: most }),
    };
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
      ? [
          {
            metadata: { name },
            spec: {
              storageClassName: defaultClassName,
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage: `${content.gib}Gi` } },
            },
          },
        ]
      : [],
  );
}

/** What has to stay when nodes are renewed, one at a time unless it says more. A minimum that a small environment never has would keep every node. */
function budgetOf({ disruption = {} }: Several, { fewest, most }: Pods): Record<string, string> | undefined {
  const { maxUnavailable = 1, minAvailable } = disruption;
  if (most < 2) return undefined;
  return minAvailable !== undefined && minAvailable < fewest
    ? { minAvailable: String(minAvailable) }
    : { maxUnavailable: String(maxUnavailable) };
}
