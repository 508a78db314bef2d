import type { IConstruct } from "constructs";
import { EksCluster } from "../../constructs/cluster/eks-cluster";
import { EksNodeGroups } from "../../constructs/cluster/eks-node-groups";
import { KindCluster } from "../../constructs/cluster/kind-cluster";
import type { Box } from "../diagram";
import { counted, painter, platformFrame, type Painter } from "../painter";

const cluster = platformFrame("cluster", "Cluster");

/** Draws the cluster itself. */
export const clusterPainters: readonly Painter[] = [
  painter(EksCluster, cluster, ({ kubernetesVersion, resource }) => [
    `EKS ${kubernetesVersion}`,
    resource.vpcConfigInput?.endpointPublicAccess ? "API public, for named blocks" : "API private",
  ]),
  painter(KindCluster, cluster, ({ kubernetesVersion }) => [`Kind, Kubernetes ${kubernetesVersion}`, "on this laptop"]),
];

/** A node group, whatever it is made of. */
interface NodeGroup {
  readonly labels: Readonly<Record<string, string>>;
  readonly lines: readonly string[];
}

/** The node groups of a cluster: which placements each serves, and on what. */
export function nodeGroupBoxes(constructs: readonly IConstruct[]): readonly Box[] {
  return constructs.flatMap(nodeGroupsOf).map(({ labels, lines }) => {
    const name = labels["evenkeel/node-group"] ?? "";
    return { ...platformFrame(`nodes/${name}`, `Nodes: ${name}`), lines: [placementsOf(labels), ...lines] };
  });
}

function nodeGroupsOf(construct: IConstruct): readonly NodeGroup[] {
  if (construct instanceof EksNodeGroups) {
    return construct.resources.map((group) => {
      const { maxSize, minSize } = group.scalingConfigInput ?? {};
      const lines = [group.instanceTypesInput?.[0] ?? "", `${minSize} to ${maxSize}, ${capacities[group.capacityTypeInput ?? ""] ?? ""}`];
      return { labels: group.labelsInput ?? {}, lines };
    });
  }
  if (construct instanceof KindCluster) {
    const workers = construct.resource.props.nodes.filter(({ role }) => role === "worker").map(({ labels }) => labels);
    const names = [...new Set(workers.map((labels) => labels["evenkeel/node-group"]))];
    return names.map((name) => {
      const ofGroup = workers.filter((labels) => labels["evenkeel/node-group"] === name);
      return { labels: ofGroup[0] ?? {}, lines: [counted(ofGroup.length, "container")] };
    });
  }
  return [];
}

/** EKS' words, and ours. */
const capacities: Readonly<Record<string, string>> = { ON_DEMAND: "on demand", SPOT: "spot" };

function placementsOf(labels: Readonly<Record<string, string>>): string {
  const placements = Object.keys(labels).flatMap((label) => /^placement\.evenkeel\/(.+)$/.exec(label)?.[1] ?? []);
  return placements.length === 1 ? `placement ${placements[0]}` : `placements ${placements.join(", ")}`;
}
