import type { Placement } from "../../environments/node-groups";
import type { Scheduling, Toleration } from "./cluster";

/** What node groups of every target have in common. */
interface NodeGroup {
  readonly name: string;
  readonly placements: readonly Placement[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Omit<Toleration, "operator">[];
}

/** Label of the nodes that serve a placement. */
function placementLabel(placement: Placement): string {
  return `placement.evenkeel/${placement}`;
}

/** Labels of a group's nodes: its own, the group's name and one for each placement. */
export function nodeLabels(group: NodeGroup): Record<string, string> {
  return {
    ...group.labels,
    "evenkeel/node-group": group.name,
    ...Object.fromEntries(group.placements.map((placement) => [placementLabel(placement), "true"])),
  };
}

/**
 * How pods get onto the nodes of a placement, whatever group serves it in this environment.
 * @param hasGpus whether the nodes of a group have GPUs
 */
export function schedulingFor<Group extends NodeGroup>(
  groups: readonly Group[],
  placement: Placement,
  hasGpus: (group: Group) => boolean,
): Scheduling {
  const group = groups.find((candidate) => candidate.placements.includes(placement));
  return {
    nodeSelector: { [placementLabel(placement)]: "true" },
    tolerations: (group?.taints ?? []).map(({ key, value, effect }) => ({ key, operator: "Equal", value, effect })),
    gpus: group !== undefined && hasGpus(group),
  };
}
