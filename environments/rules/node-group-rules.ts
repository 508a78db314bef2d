import type { Problem } from "../../constructs/shared/errors";
import type { Environment } from "../environment";
import { placements, type Placement } from "../node-groups";
import { problem, repetitions } from "./rule";

/** What the rules below read of a node group, whatever its target. */
interface NodeGroup {
  readonly name: string;
  readonly placements: readonly Placement[];
  readonly taints: readonly { readonly key: string; readonly effect: string }[];
}

/** What the node groups of every target must satisfy. `field` is where they stand, e.g. `cluster.nodeGroups`. */
export function nodeGroupProblems(environment: Environment, field: string, groups: readonly NodeGroup[]): readonly Problem[] {
  return [
    ...groups
      .map(({ name }, index) => ({ name, index, first: groups.findIndex((group) => group.name === name) }))
      .filter(({ index, first }) => first < index)
      .map(({ name, index, first }) =>
        problem(environment, `${field}.${index}.name`, name, `different from that of nodeGroups.${first}`, "rename one of the groups"),
      ),
    ...groups.flatMap((group, index) => [
      ...repetitions(environment, `${field}.${index}.placements`, group.placements),
      ...repeatedTaints(environment, `${field}.${index}.taints`, group),
    ]),
    ...placements.flatMap((placement) => placementProblems(environment, field, groups, placement)),
  ];
}

/** Every placement is served once, so that a workload runs in every environment and nowhere twice. */
function placementProblems(environment: Environment, field: string, groups: readonly NodeGroup[], placement: Placement) {
  const serving = groups.filter((group) => group.placements.includes(placement)).map(({ name }) => name);
  if (serving.length === 1) return [];
  const all = groups.map(({ name }) => name);
  const fix = serving.length === 0 ? `add ${placement} to one of them` : `remove ${placement} from all but one of ${serving.join(", ")}`;
  return [problem(environment, field, all, `groups of which exactly one has the placement ${placement}`, fix)];
}

/** Kubernetes takes a pair of key and effect once. */
function repeatedTaints(environment: Environment, field: string, { taints }: NodeGroup) {
  const pairs = taints.map(({ key, effect }) => `${key}:${effect}`);
  return repetitions(environment, field, pairs);
}
