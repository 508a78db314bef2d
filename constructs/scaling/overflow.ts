import type { AwsEnvironment } from "../../environments/environment";
import type { IAwsCluster } from "../cluster/aws-cluster";
import { architectureOf } from "../cluster/instance-types";
import { nodeLabels } from "../cluster/scheduling";
import { engines } from "../ledger/engines";
import type { IAwsNetwork } from "../network/aws-network";
import { awsNames } from "../shared/naming";
import { tagsOf } from "../shared/tags";
import type { Ec2NodeClass } from "./ec2-node-class";
import type { NodePool } from "./node-pool";

type Group = AwsEnvironment["cluster"]["nodeGroups"][number];

/** A node group that may get nodes beyond its own. */
export type OverflowGroup = Group & { readonly overflow: NonNullable<Group["overflow"]> };

/** What the nodes of an overflow are made with. */
export interface OverflowSetting {
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
  readonly network: IAwsNetwork;
}

/** The node groups of an environment that overflow. */
export function overflowGroups({ cluster: { nodeGroups } }: AwsEnvironment): readonly OverflowGroup[] {
  return nodeGroups.flatMap((group) => (group.overflow === undefined ? [] : [{ ...group, overflow: group.overflow }]));
}

/** Kubernetes' names of architectures. */
const architectures = { arm64: "arm64", x86_64: "amd64" } as const;

/** Nodes that pods cannot tell from those of the group itself: the same labels, taints, types and zones. */
export function nodePool(environment: AwsEnvironment, group: OverflowGroup): NodePool {
  const { name, overflow, instanceTypes, taints, capacity } = group;
  const [instanceType = ""] = instanceTypes;
  const oneOf = (key: string, ...values: readonly string[]) => ({ key, operator: "In" as const, values });
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name },
    spec: {
      template: {
        metadata: { labels: nodeLabels(group) },
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name },
          requirements: [
            oneOf("node.kubernetes.io/instance-type", ...instanceTypes),
            oneOf("kubernetes.io/arch", architectures[architectureOf(instanceType)]),
            oneOf("kubernetes.io/os", "linux"),
            oneOf("karpenter.sh/capacity-type", capacity),
            oneOf("topology.kubernetes.io/zone", ...environment.zones),
          ],
          taints: taints.map(({ key, value, effect }) => ({ key, value, effect })),
          expireAfter: "720h", // 30 days, as Karpenter itself has it: no node gets older than its patches
        },
      },
      limits: { cpu: String(overflow.cpuCores), memory: `${overflow.memoryGib}Gi` },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        consolidateAfter: "5m", // longer than most jobs pause between two steps
        budgets: [
          { nodes: "100%", reasons: ["Empty"] }, // nobody misses them
          { nodes: "10%", reasons: ["Underutilized", "Drifted"] },
        ],
      },
    },
  };
}

/**
 * How a group's additional nodes start: as the launch template of the group starts its own. The image is pinned, unlike
 * with `al2023@latest`, by which a release of Amazon's would replace nodes at a time that nobody chose.
 */
export function ec2NodeClass({ environment, cluster, network }: OverflowSetting, group: OverflowGroup): Ec2NodeClass {
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: group.name },
    spec: {
      amiSelectorTerms: [{ alias: `al2023@${engines["eks-node-image"][environment.cluster.version].version}` }],
      role: cluster.nodeRoleName,
      subnetSelectorTerms: network.subnetIds.private.map((id) => ({ id })),
      securityGroupSelectorTerms: [{ id: cluster.securityGroupId }],
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda", // root device of Amazon Linux
          ebs: { volumeSize: `${group.diskGib}Gi`, volumeType: "gp3", encrypted: true, deleteOnTermination: true },
        },
      ],
      detailedMonitoring: environment.monitoring,
      tags: { ...tagsOf(environment), Name: awsNames(environment).launchTemplate(group.name) },
    },
  };
}
