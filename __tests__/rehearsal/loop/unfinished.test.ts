import type { StackResult, Step } from "../../../rehearsal/loop/environment-rehearsal";
import type { Scope } from "../../../rehearsal/loop/scopes";
import { unfinished } from "../../../rehearsal/loop/unfinished";
import { devStack } from "../../operations/dev-stack";

const all: readonly Step[] = ["init", "validate", "apply", "plan again", "drift", "canaries", "destroy"];

function result(scope: Scope, steps: readonly Step[], destroyed: boolean): StackResult {
  return { stack: "dev-state", resources: 1, scope, seconds: Object.fromEntries(steps.map((step) => [step, 0])), destroyed };
}

describe("a rehearsal in which nothing failed", () => {
  const messages = (scope: Scope, results: readonly StackResult[]) =>
    unfinished([{ stack: devStack("state"), scope }], results).map(({ message }) => message);

  it("is a success when every stack has every step behind it", () => {
    expect(messages("whole", [result("whole", all, true)])).toEqual([]);
    expect(messages("applied", [result("applied", ["init", "apply"], false)])).toEqual([]);
  });

  it.each(all)("fails when a stack went without %s", (step) => {
    const others = all.filter((other) => other !== step);
    expect(messages("whole", [result("whole", others, true)])).toEqual([`dev-state: was not rehearsed to its end; missing: ${step}`]);
  });

  it("fails when a stack was not destroyed, or not rehearsed at all", () => {
    expect(messages("whole", [result("whole", all, false)])).toEqual(["dev-state: was not rehearsed to its end; missing: its end"]);
    expect(messages("whole", [])).toEqual([`dev-state: was not rehearsed to its end; missing: ${all.join(", ")}`]);
    expect(messages("applied", [])).toEqual(["dev-state: was not rehearsed to its end; missing: init, apply"]);
  });
});
