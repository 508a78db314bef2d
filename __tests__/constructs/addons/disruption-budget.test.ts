import { disruptionBudget } from "../../../constructs/addons/disruption-budget";

describe("disruptionBudget", () => {
  it.each([
    [1, false, 1],
    [2, true, 1],
    [3, true, 2],
  ])("lets one of %d pods go at a time, where another one stays", (replicas, enabled, minAvailable) => {
    expect(disruptionBudget(replicas)).toEqual({ enabled, minAvailable });
  });
});
