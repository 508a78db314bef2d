import { refusals } from "../changed";

const group = (name: string, placements: readonly string[]) => ({ name, placements, labels: {}, taints: [], nodes: 1 });

describe("placements", () => {
  const told = (...groups: readonly object[]) => refusals("local", { "kind.nodeGroups": groups });

  test("may be served by one group or by many, each once", () => {
    expect(told(group("all", ["general", "compute", "training", "data-processing"]))).toEqual([]);
    expect(told(group("one", ["general", "training"]), group("two", ["compute", "data-processing"]))).toEqual([]);
  });

  test("fails when one is served by none", () => {
    expect(told(group("one", ["general", "compute"]), group("two", ["training"]))).toEqual([
      'local.kind: nodeGroups is ["one","two"], must be groups of which exactly one has the placement data-processing; ' +
        "add data-processing to one of them",
    ]);
  });

  test("fails when one is served by several", () => {
    expect(told(group("one", ["general", "compute", "training"]), group("two", ["training", "data-processing"]))).toEqual([
      'local.kind: nodeGroups is ["one","two"], must be groups of which exactly one has the placement training; ' +
        "remove training from all but one of one, two",
    ]);
  });

  test("fails when a group names one twice", () => {
    expect(told(group("all", ["general", "compute", "general", "training", "data-processing"]))).toEqual([
      'local.kind.nodeGroups.0: placements.2 is "general", must be different from placements.0; remove the repetition',
    ]);
  });

  test("fails when two groups have one name", () => {
    expect(told(group("one", ["general", "training"]), group("one", ["compute", "data-processing"]))).toEqual([
      'local.kind.nodeGroups.1: name is "one", must be different from that of nodeGroups.0; rename one of the groups',
    ]);
  });
});

describe("taints", () => {
  const taint = (key: string, effect: string, value = "x") => ({ key, value, effect });
  const told = (...taints: readonly object[]) => refusals("dev", { "cluster.nodeGroups.0.taints": taints });

  test("may repeat a key with another effect", () => {
    expect(told(taint("a", "NoSchedule"), taint("a", "NoExecute"))).toEqual([]);
  });

  test("fails when key and effect repeat, whatever the value", () => {
    expect(told(taint("a", "NoSchedule"), taint("a", "NoSchedule", "y"))).toEqual([
      'dev.cluster.nodeGroups.0: taints.1 is "a:NoSchedule", must be different from taints.0; remove the repetition',
    ]);
  });
});

describe("instance types", () => {
  const told = (instanceTypes: readonly string[], taints: readonly object[] = []) =>
    refusals("dev", { "cluster.nodeGroups.0.instanceTypes": instanceTypes, "cluster.nodeGroups.0.taints": taints });
  const taint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };

  test("may be of several families with one architecture", () => {
    expect(told(["m7g.large", "c7gn.large", "t4g.large"])).toEqual([]);
    expect(told(["m7i.large", "c7a.large", "m7i-flex.large"])).toEqual([]);
  });

  test("may have GPUs on a tainted group", () => {
    expect(told(["g5.xlarge", "p5.48xlarge"], [taint])).toEqual([]);
  });

  test("fails when GPUs are on a group without taints", () => {
    expect(told(["g5.xlarge"])).toEqual([
      "dev.cluster.nodeGroups.0: taints is [], must be at least one taint on a group with GPUs; " +
        "add one, or every pod may land on the most expensive nodes",
    ]);
  });

  test("fails when Graviton and x86 types are mixed, or types with and without a GPU", () => {
    expect(told(["m7g.large", "m7i.large"])).toEqual([
      expect.stringContaining('is ["m7g.large","m7i.large"], must be of one architecture'),
    ]);
    expect(told(["g5.xlarge", "m7i.xlarge"], [taint])).toEqual([expect.stringContaining("must be all with or all without a GPU")]);
    expect(told(["g5.xlarge", "g5g.xlarge"], [taint])).toEqual([expect.stringContaining("must be of one architecture")]);
  });

  test.each(["g4ad.xlarge", "trn1.2xlarge", "inf2.xlarge", "dl1.24xlarge", "mac2.metal", "vt1.3xlarge", "f1.2xlarge"])(
    "fails when EKS has no AMI for %s",
    (type) => {
      expect(told([type], [taint])).toContainEqual(
        `dev.cluster.nodeGroups.0: instanceTypes.0 is "${type}", must be a type that EKS has an AMI with drivers for; ` +
          "choose a general, Graviton or NVIDIA type",
      );
    },
  );

  test("fails when a type is named twice", () => {
    expect(told(["m7g.large", "m7g.large"])).toEqual([
      'dev.cluster.nodeGroups.0: instanceTypes.1 is "m7g.large", must be different from instanceTypes.0; remove the repetition',
    ]);
  });
});
