import { z } from "zod";
import { must, oneOf, kubernetesName, labels, pattern, taints, whole } from "./fields";

/** What kind of work a node group is for. Workloads ask for a placement, never for a node group. */
export const placements = ["general", "compute", "training", "data-processing"] as const;
export type Placement = (typeof placements)[number];

/** Fields that a simulated node group shares with a real one, so that pods are placed alike on both. */
const commonNodeGroup = {
  /** Name, unique within the environment. At most 20 characters: it ends composed names. */
  name: kubernetesName(20),
  /** Placements that this group serves. Every placement is served by exactly one group of an environment. */
  placements: z.array(oneOf(placements)).min(1, must("at least one placement", "name what runs on this group")),
  /** Labels of the nodes, beside one `placement.evenkeel/<placement>` for each placement. */
  labels: labels(),
  /** Taints of the nodes. Workloads that ask for a placement of this group get the tolerations. */
  taints: taints(),
};

/** Workers of the Kind cluster that stand for a node group of the cloud. */
export const kindNodeGroup = z.strictObject({
  ...commonNodeGroup,
  /** Number of workers; each takes about 250 MiB of the laptop's memory when idle. */
  nodes: whole(1, 5, "workers"),
});

/** Managed node group of EKS. */
export const eksNodeGroup = z.strictObject({
  ...commonNodeGroup,
  /** EC2 instance types in order of preference, all of one architecture. */
  instanceTypes: z
    .array(instanceType())
    .min(1, must("at least one instance type", "add one, for example m7g.large"))
    .max(20, must("at most 20 instance types", "keep the best ones")), // eks:CreateNodegroup
  /** Purchase option. `spot` nodes may be taken away at two minutes' notice. */
  capacity: oneOf(["on-demand", "spot"]),
  /**
   * Fewest nodes that EKS lets the group have. Above the present size EKS refuses it, as Terraform leaves the size alone: raise
   * the size first, `aws eks update-nodegroup-config --scaling-config desiredSize=<n>`.
   */
  minNodes: whole(0, 450, "nodes"),
  /** Nodes at creation, and each morning where `offHours` is set. Otherwise whoever operates the group decides afterwards. */
  desiredNodes: whole(0, 450, "nodes"),
  /** Most nodes that EKS lets the group have, `overflow` apart; 450 is the quota of EKS for one group. */
  maxNodes: whole(1, 450, "nodes"),
  /** Root volume, encrypted gp3. */
  diskGib: whole(20, 16384, "GiB"),
  /** Most that Karpenter adds beyond the group's own nodes when pods find no room, all of it together. @default nothing */
  overflow: z
    .strictObject({
      cpuCores: whole(1, 100_000, "cores"),
      memoryGib: whole(1, 1_000_000, "GiB"),
    })
    .optional(),
});

export type EksNodeGroup = z.infer<typeof eksNodeGroup>;

function instanceType() {
  return pattern(
    32,
    /^[a-z][a-z0-9-]*[0-9][a-z0-9-]*\.(nano|micro|small|medium|large|[0-9]*xlarge|metal(-[0-9]+xl)?)$/,
    "an EC2 instance type such as m7g.large",
    "look it up with `aws ec2 describe-instance-types`",
  );
}
