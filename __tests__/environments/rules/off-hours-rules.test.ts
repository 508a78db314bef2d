import { refusals } from "../changed";

const times = { timezone: "UTC", stop: "19:00", start: "06:00" };

describe("off-hours", () => {
  test("are for disposable environments whose node groups may be empty", () => {
    expect(refusals("dev", { offHours: times })).toEqual([]);
    expect(refusals("dev", { offHours: undefined, "cluster.nodeGroups.0.minNodes": 1 })).toEqual([]);
  });

  test("may begin before midnight or after it", () => {
    expect(refusals("dev", { offHours: { ...times, stop: "01:00" } })).toEqual([]);
  });

  test("fails when the environment keeps its data", () => {
    expect(refusals("staging", { offHours: times, "cluster.nodeGroups": [group(0)] })).toEqual([
      'staging: offHours is {"timezone":"UTC","stop":"19:00","start":"06:00"}, must be absent where disposable is false; ' +
        "remove it, or mark the environment disposable",
    ]);
  });

  test("fails when a node group never gets empty, and says which one", () => {
    expect(refusals("dev", { "cluster.nodeGroups.0.minNodes": 1 })).toEqual([
      "dev.cluster.nodeGroups.0: minNodes is 1, must be 0 where offHours is set; lower it: EKS keeps that many nodes, whatever the hour",
    ]);
  });

  test("fails when the nodes go and come at the same time", () => {
    expect(refusals("dev", { "offHours.start": "20:00" })).toEqual([
      'dev.offHours: start is "20:00", must be different from stop; change one of the two times',
    ]);
  });

  test("wait while the times are malformed", () => {
    expect(refusals("dev", { "offHours.start": "25:00", "cluster.nodeGroups.0.minNodes": 1 })).toEqual([
      expect.stringContaining("dev.offHours: start is"),
    ]);
  });
});

function group(minNodes: number): object {
  return {
    name: "general",
    placements: ["general", "compute", "training", "data-processing"],
    labels: {},
    taints: [],
    instanceTypes: ["m7g.large"],
    capacity: "on-demand",
    minNodes,
    desiredNodes: 1,
    maxNodes: 3,
    diskGib: 50,
  };
}
