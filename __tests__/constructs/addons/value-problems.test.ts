import type { ChartValues } from "../../../constructs/addons/chart-values";
import { valueProblems } from "../../../constructs/addons/value-problems";
import type { ChartName } from "../../../constructs/ledger/charts";
import { describe as told } from "../../../constructs/shared/errors";

function problems(values: ChartValues, chart: ChartName = "metrics-server"): readonly string[] {
  return valueProblems("dev.addonValues.x", chart, values).map(told);
}

describe("valueProblems", () => {
  it("has nothing against values that the chart knows", () => {
    expect(problems({ replicas: 2, args: ["--x"], image: { tag: "v1" }, podDisruptionBudget: { enabled: true, minAvailable: 1 } })).toEqual(
      [],
    );
  });

  it("fails when a key is unknown, with what is meant, wherever it stands", () => {
    expect(problems({ replica: 2, podDisruptionBudget: { enabeld: true } })).toEqual([
      "dev.addonValues.x: replica is 2, must be a value that metrics-server has; did you mean replicas?",
      "dev.addonValues.x.podDisruptionBudget: enabeld is true, must be a value that metrics-server has; did you mean enabled?",
    ]);
  });

  it("fails when a key is like no other: the chart would ignore it", () => {
    expect(problems({ somethingElse: {} })).toEqual([
      "dev.addonValues.x: somethingElse is {}, must be a value that metrics-server has; remove it: the chart would ignore it without a word",
    ]);
  });

  it.each(["constructor", "toString", "__proto__"])("fails when a key is %s, which every object has", (key) => {
    expect(problems(Object.fromEntries([[key, 1]]))).toHaveLength(1);
  });

  it("fails when there are keys where the chart takes a single value", () => {
    expect(problems({ replicas: { min: 1 } })).toEqual([
      "dev.addonValues.x.replicas: min is 1, must be absent: metrics-server takes a single value here; remove it",
    ]);
  });

  it("lets through what a chart hands on, whatever its defaults hold", () => {
    const securityContext = { seLinuxOptions: { level: "s0" } };
    expect(problems({ securityContext, resources: { claims: [] }, nodeSelector: { "a/b": "c" }, tolerations: [{ key: "x" }] })).toEqual([]);
    expect(problems({ grafana: { "grafana.ini": { security: { cookie_secure: true } } } }, "kube-prometheus-stack")).toEqual([]);
    expect(problems({ alertmanager: { config: { time_intervals: [] } } }, "kube-prometheus-stack")).toEqual([]);
    expect(problems({ alertmanager: { route: { time_intervals: [] } } }, "kube-prometheus-stack")).toHaveLength(1);
  });

  it("knows the keys of a chart's dependencies, below their names", () => {
    expect(problems({ "kube-state-metrics": { replicas: 1 } }, "kube-prometheus-stack")).toEqual([]);
    expect(problems({ "kube-state-metrics": { replicass: 1 } }, "kube-prometheus-stack")).toHaveLength(1);
  });

  it.each([
    [{ image: { tag: "latest" } }, 'x.image: tag is "latest", must be a tag that names a version'],
    [{ image: { tag: "" } }, 'x.image: tag is "", must be a tag that names a version'],
    [{ image: { tag: 1.1 } }, "x.image: tag is 1.1, must be text: as a number 1.10 is 1.1"],
    [
      { extraContainers: [{ image: "docker.io/library/busybox" }] },
      'x.extraContainers.0: image is "docker.io/library/busybox", must be an image',
    ],
    [{ extraContainers: [{ image: "busybox:latest" }] }, 'x.extraContainers.0: image is "busybox:latest", must be an image with a tag'],
    [{ extraContainers: [{ image: "localhost:5000/busybox" }] }, 'image is "localhost:5000/busybox", must be an image with a tag'],
    [{ extraContainers: [{ image: `busybox@sha256:${"0".repeat(64)}` }] }, "must be an image with a tag that names a version"],
    [{ extraContainers: [{ image: `busybox:latest@sha256:${"0".repeat(64)}` }] }, "must be an image with a tag that names a version"],
  ])("fails when an image is not pinned: %j", (values: ChartValues, expected) => {
    expect(problems(values, "kyverno").filter((problem) => !problem.includes("that kyverno has"))).toEqual([
      expect.stringContaining(expected),
    ]);
  });

  it.each([
    { image: { tag: null } }, // the chart's own
    { image: { tag: "v1.2.3" } },
    { extraContainers: [{ image: "localhost:5000/busybox:1.37" }] },
    { extraContainers: [{ image: `docker.io/library/busybox:1.37@sha256:${"0".repeat(64)}` }] },
  ])("takes the pinned image of %j", (values: ChartValues) => {
    expect(problems(values, "kyverno").filter((problem) => !problem.includes("that kyverno has"))).toEqual([]);
  });
});
