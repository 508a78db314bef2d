import { refusals } from "./changed";

describe("keys of tags, labels and taints", () => {
  const key = (length: number) => "a".repeat(length);

  test("a tag's key has 1 to 128 characters", () => {
    for (const length of [1, 127, 128]) expect(refusals("dev", { tags: { [key(length)]: "x" } })).toEqual([]);
    expect(refusals("dev", { tags: { [key(129)]: "x" } })).toEqual([expect.stringContaining("must be at most 128 characters")]);
    expect(refusals("dev", { tags: { "": "x" } })).toEqual([
      expect.stringContaining('dev.tags: key is "", must be text that is not empty'),
    ]);
  });

  test.each(["aws:x", "AWS:x", "a!", "a*b", "a;b"])("fails when a tag's key is %j", (name) => {
    expect(refusals("dev", { tags: { [name]: "x" } })).toEqual([
      `dev.tags: key is "${name}", must be a tag key without aws: at its start, of letters, digits, blanks and _ . : / = + @ -; rename the tag`,
    ]);
  });

  test("fails when two keys are wrong, and tells both", () => {
    expect(refusals("dev", { tags: { "a!": "x", "b!": "x" } })).toHaveLength(2);
  });

  const labels = (name: string, value = "x") => refusals("dev", { "cluster.nodeGroups.0.labels": { [name]: value } });
  const taints = (name: string) => refusals("dev", { "cluster.nodeGroups.0.taints": [{ key: name, value: "x", effect: "NoSchedule" }] });

  test("a label's and a taint's key has a name of 1 to 63 characters and a prefix of at most 253", () => {
    for (const name of ["a", key(62), key(63), `${key(252)}/a`, `${key(253)}/${key(63)}`, "nvidia.com/gpu", "A.b_c-D"]) {
      expect(labels(name)).toEqual([]);
      expect(taints(name)).toEqual([]);
    }
  });

  test.each([key(64), `${key(254)}/a`, "/a", "a/", "a/b/c", "-a", "a-", "a b", "A.io/a", "a..io/a", "a.-b/a", "ä"])(
    "fails when the key of a label or a taint is %j",
    (name) => {
      for (const told of [labels(name), taints(name)])
        expect(told).toContainEqual(expect.stringMatching(/key is .*, must be (at most 63|printable)/));
    },
  );

  test.each([
    "kubernetes.io/a",
    "node.kubernetes.io/a",
    "karpenter.sh/a",
    "karpenter.k8s.aws/a",
    "k8s.io/a",
    "x.k8s.io/a",
    "eks.amazonaws.com/a",
    "evenkeel/node-group",
    "placement.evenkeel/general",
  ])("fails when the key belongs to the platform: %s", (name) => {
    for (const told of [labels(name), taints(name)]) expect(told).toEqual([expect.stringContaining("must be a key outside kubernetes.io")]);
  });

  test.each(["-a", "a-", "a b", "a/b", "x".repeat(64), ""])("fails when the value of a label is %j", (value) => {
    expect(labels("a", value)).toHaveLength(1);
  });

  test.each(["NoSchedule", "PreferNoSchedule", "NoExecute"])("a taint may have the effect %s", (effect) => {
    expect(refusals("dev", { "cluster.nodeGroups.0.taints": [{ key: "a", value: "x", effect }] })).toEqual([]);
  });

  test.each(["NO_SCHEDULE", "noschedule", ""])("fails when the effect is %j", (effect) => {
    expect(refusals("dev", { "cluster.nodeGroups.0.taints": [{ key: "a", value: "x", effect }] })).toEqual([
      expect.stringContaining("dev.cluster.nodeGroups.0.taints.0: effect is"),
    ]);
  });
});
