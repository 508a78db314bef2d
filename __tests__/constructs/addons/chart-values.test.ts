import { mergedValues } from "../../../constructs/addons/chart-values";

describe("mergedValues", () => {
  const under = { replicas: 1, resources: { requests: { cpu: "10m" }, limits: { memory: "1Gi" } }, args: ["a", "b"], image: { tag: "1" } };

  it("merges maps and replaces everything else, as Helm does", () => {
    expect(mergedValues(under, { resources: { requests: { cpu: "1" } }, args: ["c"], image: "whole", added: { one: 1 } })).toEqual({
      replicas: 1,
      resources: { requests: { cpu: "1" }, limits: { memory: "1Gi" } },
      args: ["c"],
      image: "whole",
      added: { one: 1 },
    });
  });

  it("lets null through, which takes the chart's own default away, and nothing that is undefined", () => {
    expect(mergedValues({ one: 1, other: 2 }, { one: null, other: undefined })).toEqual({ one: null, other: 2 });
  });

  it("changes neither of both", () => {
    const before = structuredClone(under);
    mergedValues(under, { resources: { limits: { memory: "2Gi" } } });
    expect(under).toEqual(before);
  });
});
