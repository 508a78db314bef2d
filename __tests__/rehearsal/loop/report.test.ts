import type { StackResult } from "../../../rehearsal/loop/environment-rehearsal";
import { reportColumns, reportRows, summary } from "../../../rehearsal/loop/report";

const through: StackResult = {
  stack: "dev-state",
  resources: 17,
  scope: "whole",
  seconds: { init: 0.11, validate: 0.2, apply: 1, "plan again": 0.3, drift: 0.4, canaries: 0.01, destroy: 1.04 },
  canaries: 4,
  destroyed: true,
};
const failed: StackResult = {
  stack: "dev-cluster",
  resources: 76,
  scope: "whole",
  seconds: { init: 0.1, validate: 2 },
  failed: "validate",
  destroyed: false,
};
const applied: StackResult = { stack: "prod-state", resources: 17, scope: "applied", seconds: { init: 0.1, apply: 1 }, destroyed: false };
const waiting: StackResult = { stack: "dev-platform", resources: 8, scope: "whole", seconds: {}, destroyed: false };

describe("report of a rehearsal", () => {
  it("has a row for each stack, with seconds and what became of it", () => {
    expect(reportColumns([through, waiting]).map(({ head }) => head)).toEqual([
      "stack",
      "resources",
      "init",
      "validate",
      "apply",
      "plan again",
      "drift",
      "canaries",
      "destroy",
      "seconds",
      "result",
    ]);
    expect(reportColumns([waiting])).toEqual(reportColumns([through]));
    expect(reportRows([through, failed, applied, waiting])).toEqual([
      ["dev-state", 17, "0.1", "0.2", "1.0", "0.3", "0.4", "0.0", "1.0", "3.1", "came through"],
      ["dev-cluster", 76, "0.1", "2.0", "", "", "", "", "", "2.1", "validate failed"],
      ["prod-state", 17, "0.1", "", "1.0", "", "", "", "", "1.1", "applied only"],
      ["dev-platform", 8, "", "", "", "", "", "", "", "0.0", "not to its end"],
    ]);
  });

  it("has a column for the real provider where there was one", () => {
    const planned: StackResult = { ...through, seconds: { ...through.seconds, "real provider": 2 } };
    expect(reportColumns([planned, waiting]).map(({ head }) => head)).toContain("real provider");
    expect(reportRows([planned, waiting])).toEqual([
      ["dev-state", 17, "0.1", "0.2", "2.0", "1.0", "0.3", "0.4", "0.0", "1.0", "5.1", "came through"],
      ["dev-platform", 8, "", "", "", "", "", "", "", "", "0.0", "not to its end"],
    ]);
  });

  it("says which real provider it was, and what that does not prove", () => {
    const real = { provider: "registry.terraform.io/hashicorp/aws 5.100.0", from: "/mirror", leftOut: [] };
    const report = { stacks: [through], failures: [], seconds: 1, megabytes: { rehearsal: 170, providers: 140 } };
    const linesOf = (more: object) =>
      summary({ ...report, real: { ...real, ...more } })
        .split("\n")
        .slice(2); // after what came through, and the secrets
    expect(linesOf({})).toEqual(["the real provider was registry.terraform.io/hashicorp/aws 5.100.0, from /mirror"]);
    expect(
      linesOf({ leftOut: ["dev-state: aws_disk.tier"], lackedByMoto: ["aws_addon", "aws_disk.kind"], unlisted: ["aws_disk.id is known"] }),
    ).toEqual([
      expect.stringContaining("the real provider was"),
      "left out, because it does not know it: dev-state: aws_disk.tier",
      "not proved on moto, which lacks it: aws_addon, aws_disk.kind",
      "rehearsal/real-providers/known-after-apply.json has no list for this version; its plans differ from the simulated ones here:",
      "aws_disk.id is known",
    ]);
  });

  it("sums up what came through, with time and memory, and says where to look", () => {
    const report = { stacks: [through, failed], failures: [], seconds: 12.34, megabytes: { rehearsal: 170.4, providers: 140, moto: 80 } };
    expect(summary(report)).toBe("1 of 2 stacks came through, with 17 resources, in 12.3 s (170 MB, providers 140 MB, moto 80 MB)");
    const megabytes = { rehearsal: 170, providers: 140 };
    expect(summary({ ...report, megabytes, kept: "/somewhere" })).toMatch(
      /in 12\.3 s \(170 MB, providers 140 MB\)\ncopies, states and the engine's output are in \/somewhere$/,
    );
  });

  it("says how many secrets were looked for, once every stack was looked through", () => {
    const linesOf = (...stacks: readonly StackResult[]) =>
      summary({ stacks, failures: [], seconds: 1, megabytes: { rehearsal: 170 } })
        .split("\n")
        .slice(1);
    const words = "secrets were looked for in what all stacks leave behind, and none was found where it may not be";
    expect(linesOf(through, through, applied)).toEqual([`8 ${words}`]);
    expect(linesOf(through, failed)).toEqual([]);
  });
});
