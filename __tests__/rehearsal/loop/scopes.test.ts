import { scopedStacks, type ScopeOptions } from "../../../rehearsal/loop/scopes";
import { devStack } from "../../operations/dev-stack";

const stacks = (["state", "cluster", "platform"] as const).map(devStack);

describe("what is rehearsed of an environment", () => {
  const scopes = (options: ScopeOptions) => scopedStacks(stacks, options).map(({ stack, scope }) => `${stack.layer} ${scope}`);

  it.each([
    ["everything", {}, ["state whole", "cluster whole", "platform whole"]],
    ["a layer and what comes after it", { from: "cluster" }, ["state applied", "cluster whole", "platform whole"]],
    ["one layer, and nothing after it", { only: ["cluster"] }, ["state applied", "cluster whole"]],
    ["some layers", { only: ["platform", "state"] }, ["state whole", "cluster applied", "platform whole"]],
    ["both", { from: "cluster", only: ["state", "platform"] }, ["state applied", "cluster applied", "platform whole"]],
  ])("%s", (_, options, expected) => {
    expect(scopes(options)).toEqual(expected);
  });

  it("fails when there is no such layer, with every one of them", () => {
    expect(() => scopes({ from: "clutser", only: ["apps"] })).toThrow(
      'dev: layer is "clutser", must be one of state, cluster, platform; did you mean cluster?\n' +
        'dev: layer is "apps", must be one of state, cluster, platform; choose one of them',
    );
  });

  it("fails when nothing is left", () => {
    expect(() => scopes({ from: "platform", only: ["state", "cluster"] })).toThrow(
      "no layer is left to rehearse: state, cluster is before platform; give one of --from and --only",
    );
  });
});
