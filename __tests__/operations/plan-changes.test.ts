import {
  countChanges,
  createsCluster,
  describeCounts,
  isEmpty,
  lostClusters,
  parsePlan,
  type PlanJson,
  type ResourceChange,
} from "../../operations/plan-changes";

const cluster = (change: Partial<ResourceChange["change"]>, reason?: string): PlanJson => ({
  resource_changes: [
    {
      address: "kind_cluster.Cluster",
      type: "kind_cluster",
      ...(reason === undefined ? {} : { action_reason: reason }),
      change: { actions: ["no-op"], before: null, after: null, ...change },
    },
  ],
});

const before = {
  name: "ml-platform-local",
  node_image: "kindest/node:v1.35.0",
  kubeconfig: "a secret",
  kind_config: [{ networking: [{ pod_subnet: "10.244.0.0/16", api_server_port: 43431 }], node: [{ role: "control-plane" }] }],
};

describe("counting", () => {
  const change = (...actions: string[]): ResourceChange => ({ address: "a.b", type: "a", change: { actions, before: null, after: null } });

  it("counts as the engine does: a replacement is added and destroyed, reading is nothing", () => {
    const counts = countChanges({
      resource_changes: [change("create"), change("update"), change("delete", "create"), change("read"), change("no-op"), change("forget")],
      output_changes: { one: { actions: ["create"] }, other: { actions: ["no-op"] } },
    });

    expect(counts).toEqual({ add: 2, change: 1, destroy: 1, outputs: 1, bookkeeping: 1 });
    expect(describeCounts(counts)).toBe("2 to add, 1 to change, 1 to destroy, 1 moved, taken over or forgotten");
    expect(isEmpty(counts)).toBe(false);
  });

  it.each([
    ["moved", { ...change("no-op"), previous_address: "a.old" }],
    ["taken over", { ...change("no-op"), change: { ...change("no-op").change, importing: { id: "x" } } }],
    ["forgotten", change("forget")],
  ])("takes a resource that is only %s for a change: without an apply it would never happen", (_, resource) => {
    const counts = countChanges({ resource_changes: [resource] });
    expect(isEmpty(counts)).toBe(false);
    expect(describeCounts(counts)).toBe("0 to add, 0 to change, 0 to destroy, 1 moved, taken over or forgotten");
  });

  it("sees that nothing changes, and that only outputs do", () => {
    const none = countChanges(parsePlan('{"format_version":"1.2","resource_changes":[]}'));
    expect(isEmpty(none)).toBe(true);
    expect(describeCounts(none)).toBe("no changes");

    const outputs = countChanges({ output_changes: { one: { actions: ["update"] } } });
    expect(isEmpty(outputs)).toBe(false);
    expect(describeCounts(outputs)).toBe("1 output changes");
  });
});

describe("clusters that would be lost", () => {
  it("names the arguments that force a replacement, from what to what", () => {
    const after = {
      name: before.name,
      node_image: "kindest/node:v1.35.1",
      kind_config: [{ networking: [{ pod_subnet: "10.245.0.0/16" }], node: [{ role: "control-plane" }] }],
    };
    const plan = cluster({
      actions: ["delete", "create"],
      before,
      after,
      after_unknown: { kubeconfig: true, kind_config: [{ networking: [{ api_server_port: true }] }] },
      replace_paths: [["node_image"], ["kind_config", 0, "networking", 0, "pod_subnet"]],
    });

    expect(lostClusters(plan)).toEqual([
      {
        address: "kind_cluster.Cluster",
        cluster: "ml-platform-local",
        fate: "replaced",
        reasons: [
          'node_image: "kindest/node:v1.35.0" -> "kindest/node:v1.35.1"',
          'kind_config.0.networking.0.pod_subnet: "10.244.0.0/16" -> "10.245.0.0/16"',
        ],
      },
    ]);
  });

  it("shows nothing of arguments that do not force it: they may be secret", () => {
    const plan = cluster({ actions: ["delete", "create"], before, after: { name: "other" }, replace_paths: [["name"]] });

    expect(lostClusters(plan)[0]?.reasons).toEqual(['name: "ml-platform-local" -> "other"']);
  });

  it("lists ten reasons and counts the rest", () => {
    const nodes = (role: string) => ({ ...before, kind_config: Array.from({ length: 13 }, () => ({ role })) });
    const plan = cluster({ actions: ["create", "delete"], before: nodes("a"), after: nodes("b"), replace_paths: [["kind_config"]] });

    const reasons = lostClusters(plan)[0]?.reasons ?? [];
    expect(reasons).toHaveLength(11);
    expect(reasons.at(-1)).toBe("and 3 more");
  });

  it("says when it is destroyed, and when it was never finished", () => {
    expect(lostClusters(cluster({ actions: ["delete"], before }))[0]).toMatchObject({
      fate: "destroyed",
      reasons: ["it is no longer in the configuration"],
    });
    expect(lostClusters(cluster({ actions: ["delete", "create"], before, after: before }, "replace_because_tainted"))[0]?.reasons).toEqual([
      "it was not finished when it was made (tainted)",
    ]);
  });

  it("sees none where the cluster stays, is made, or is changed in place", () => {
    for (const actions of [["no-op"], ["create"], ["update"]])
      expect(lostClusters(cluster({ actions, before, after: before }))).toEqual([]);
    expect(createsCluster(cluster({ actions: ["create"] }))).toBe(true);
    expect(createsCluster(cluster({ actions: ["delete", "create"] }))).toBe(false);
    expect(lostClusters({})).toEqual([]);
  });
});
