import { ConfigurationError, describe as told } from "../../constructs/shared/errors";
import type { EnvironmentName } from "../../environments/environment";
import { loadEnvironments } from "../../environments/load";
import { committedWith, type Changes } from "../environments/changed";
import { synthesizedEnvironments } from "./synthesized-environments";

/** What is told when an environment with changes is synthesized; nothing when it is written. */
function refusals(environment: EnvironmentName, changes: Changes): readonly string[] {
  try {
    synthesizedEnvironments(
      loadEnvironments({ names: [environment], variables: {}, committed: committedWith({ [environment]: changes }) }),
    );
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(told);
    throw error;
  }
}

describe("what only shows once all is composed", () => {
  it("is nothing for quotas and values of what is there", () => {
    expect(refusals("dev", { quotas: { "metrics-server": { pods: 50 } }, addonValues: { "metrics-server": { replicas: 2 } } })).toEqual([]);
  });

  it("fails when a quota is for a namespace that is not there, with what is meant", () => {
    expect(refusals("dev", { quotas: { "metric-server": { pods: 9 } } })).toEqual([
      'dev.quotas: metric-server is {"pods":9}, must be a namespace of the platform; did you mean metrics-server?',
    ]);
    expect(refusals("dev", { quotas: { zzzzzzzzzzzzzzzz: {} } })).toEqual([
      expect.stringMatching(
        /^dev\.quotas: zzzzzzzzzzzzzzzz is \{\}, must be a namespace of the platform; remove it; there are .*, metrics-server/,
      ),
    ]);
  });

  it("fails when values are for a chart that the environment does not install", () => {
    expect(refusals("local", { addonValues: { karpenter: {} } })).toEqual([
      expect.stringMatching(
        /^local\.addonValues: karpenter is \{\}, must be a chart that this environment installs; remove it; there are /,
      ),
    ]);
  });

  it("fails when quotas are below what is asked for: all at once, in every layer", () => {
    expect(refusals("local", { quotas: { "metrics-server": { memoryMib: 1 }, "state-store": { pods: 1, cpuMillicores: 1 } } })).toEqual([
      expect.stringMatching(
        /^local\.quotas\.state-store: cpuMillicores is 1, must be at least \d+, which the platform itself asks for there/,
      ),
      expect.stringMatching(/^local\.quotas\.state-store: pods is 1, must be at least 5, which/),
      expect.stringMatching(/^local\.quotas\.metrics-server: memoryMib is 1, must be at least \d+, which/),
    ]);
  });
});
