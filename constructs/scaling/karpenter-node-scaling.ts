import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { HelmAddon } from "../addons/helm-addon";
import { Manifests } from "../addons/manifests";
import type { PlatformSetting } from "../addons/platform-setting";
import { denyByDefault } from "../connections/deny-by-default";
import { awsWorkloadIdentity } from "../identity/aws-workload-identity";
import { engines } from "../ledger/engines";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import { InterruptionQueue } from "./interruption-queue";
import { karpenterStatements } from "./karpenter-policy";
import type { INodeScaling } from "./node-scaling";
import { ec2NodeClass, nodePool, overflowGroups, type OverflowSetting } from "./overflow";

export interface KarpenterNodeScalingProps extends OverflowSetting {
  readonly setting: PlatformSetting;
}

/** Karpenter's documentation keeps it in `kube-system`, where the API server serves its requests before others. */
const namespace = "kube-system";
const name = "karpenter"; // of its pods, and of its service account

/** Nodes by Karpenter: what finds no room in a node group gets a node of the same kind, up to the group's overflow. */
export class KarpenterNodeScaling extends Construct implements INodeScaling, Recorded {
  readonly growingGroups: readonly string[];
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch. */
  readonly queue: InterruptionQueue;
  /** Escape hatch. */
  readonly controller: HelmAddon;
  readonly ledgerEntries: LedgerEntries;

  constructor(scope: Construct, id: string, props: KarpenterNodeScalingProps) {
    super(scope, id);
    const { environment, setting } = props;
    this.ledgerEntries = { "eks-node-image": engines["eks-node-image"][environment.cluster.version] };
    this.queue = new InterruptionQueue(this, "Queue", { environment });
    const crds = new HelmAddon(this, "Crds", {
      setting,
      chart: "karpenter-crd",
      namespace,
      values: {},
      metrics: { none: "it has no pods" },
    });
    this.controller = this.createController(props, crds);
    const groups = overflowGroups(environment);
    this.growingGroups = groups.map((group) => group.name);
    // Gone before Karpenter: without it nobody would end the nodes.
    const pools = new Manifests(this, "NodePools", {
      release: "node-pools",
      namespace,
      resources: groups.flatMap((group) => [ec2NodeClass(props, group), nodePool(environment, group)]),
      requires: [this.controller],
      timeoutSeconds: 1800, // at the end all of their nodes are drained
    });
    this.installed = pools.installed;
  }

  private createController(props: KarpenterNodeScalingProps, crds: HelmAddon): HelmAddon {
    const { cluster, environment, setting } = props;
    const { footprint } = setting;
    const identity = awsWorkloadIdentity(this, "Identity", {
      setting,
      cluster,
      environment,
      namespace,
      serviceAccount: name,
      purpose: "karpenter",
      statements: karpenterStatements(props, this.queue.resource.arn),
    });
    const pods = { namespace, labels: { "app.kubernetes.io/name": name } };
    return new HelmAddon(this, "Controller", {
      setting,
      chart: "karpenter",
      namespace,
      skipCrds: true,
      paths: [
        { from: pods, to: "api-server" },
        { from: pods, to: "dns" },
        ...identity.paths(pods),
        { from: pods, to: "internet" }, // IAM, SSM and the price list have no endpoints in the VPC
      ],
      requires: [denyByDefault(this, "DefaultDeny", name, pods), crds, identity],
      values: {
        replicas: footprint.replicas,
        serviceAccount: { name, annotations: identity.serviceAccountAnnotations },
        controller: { resources: footprint.resources("large") },
        settings: {
          clusterName: cluster.clusterName,
          clusterEndpoint: cluster.endpoint,
          eksControlPlane: true,
          interruptionQueue: this.queue.resource.name,
        },
      },
      metrics: [{ pods, port: 8080 }],
    });
  }
}
