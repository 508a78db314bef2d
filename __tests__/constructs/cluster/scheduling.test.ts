import { hasGpus } from "../../../constructs/cluster/instance-types";
import { nodeLabels, schedulingFor } from "../../../constructs/cluster/scheduling";
import { environments } from "../../../environments/index";
import { placements } from "../../../environments/node-groups";

const { local, dev, staging, prod } = environments;
const groupsOf = {
  local: local.kind.nodeGroups,
  dev: dev.cluster.nodeGroups,
  staging: staging.cluster.nodeGroups,
  prod: prod.cluster.nodeGroups,
};

type Group = (typeof groupsOf)[keyof typeof groupsOf][number];

describe("scheduling", () => {
  it.each(placements)("asks for the placement %s in the same words in every environment", (placement) => {
    const selectors = Object.values(groupsOf).map((groups) => schedulingFor<Group>(groups, placement, () => false).nodeSelector);
    expect(selectors).toEqual(Array<object>(4).fill({ [`placement.evenkeel/${placement}`]: "true" }));
  });

  it.each(placements)("places %s on a laptop as in production", (placement) => {
    expect(schedulingFor(groupsOf.local, placement, () => false)).toEqual(schedulingFor(groupsOf.prod, placement, () => false));
  });

  it("tolerates the taints of GPU nodes where there are any, and no more", () => {
    expect(schedulingFor(groupsOf.prod, "training", hasGpus).tolerations).toEqual([
      { key: "nvidia.com/gpu", operator: "Equal", value: "present", effect: "NoSchedule" },
    ]);
    expect(schedulingFor(groupsOf.prod, "general", hasGpus).tolerations).toEqual([]);
    expect(schedulingFor(groupsOf.dev, "training", hasGpus).tolerations).toEqual([]);
  });

  it("says which placements have GPUs", () => {
    const withGpus = placements.filter((placement) => schedulingFor(groupsOf.prod, placement, hasGpus).gpus);
    expect(withGpus).toEqual(["training"]);
    expect(placements.filter((placement) => schedulingFor(groupsOf.dev, placement, hasGpus).gpus)).toEqual([]);
  });

  it("labels nodes with every placement that they serve, beside their own labels", () => {
    const group = { name: "gpu", placements: ["training", "compute"], labels: { accelerator: "nvidia" }, taints: [] } as const;
    expect(nodeLabels(group)).toEqual({
      accelerator: "nvidia",
      "evenkeel/node-group": "gpu",
      "placement.evenkeel/training": "true",
      "placement.evenkeel/compute": "true",
    });
  });
});
