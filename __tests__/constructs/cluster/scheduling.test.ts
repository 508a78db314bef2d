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

describe("scheduling", () => {
  it.each(placements)("asks for the placement %s in the same words in every environment", (placement) => {
    const selectors = Object.values(groupsOf).map((groups) => schedulingFor(groups, placement).nodeSelector);
    expect(selectors).toEqual(Array<object>(4).fill({ [`placement.evenkeel/${placement}`]: "true" }));
  });

  it.each(placements)("places %s on a laptop as in production", (placement) => {
    expect(schedulingFor(groupsOf.local, placement)).toEqual(schedulingFor(groupsOf.prod, placement));
  });

  it("tolerates the taints of GPU nodes where there are any, and no more", () => {
    expect(schedulingFor(groupsOf.prod, "training").tolerations).toEqual([
      { key: "nvidia.com/gpu", operator: "Equal", value: "present", effect: "NoSchedule" },
    ]);
    expect(schedulingFor(groupsOf.prod, "general").tolerations).toEqual([]);
    expect(schedulingFor(groupsOf.dev, "training").tolerations).toEqual([]);
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
