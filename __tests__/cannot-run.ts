import { machineVariable } from "../environments/variables";

/** What becomes of tests on a machine. */
export type Verdict = "run" | "skip" | "fail";

/**
 * Whether tests that need more than Node can be run here.
 * @param missing what this machine lacks; undefined when it has an engine and providers
 * @param ci the variable `CI`: there nobody reads what was skipped, so a lack is a failure
 */
export function verdict(missing: string | undefined, ci: string | undefined): Verdict {
  if (missing === undefined) return "run";
  return ci === undefined ? "skip" : "fail";
}

/** Stands for tests that this machine cannot run: one that is skipped with the reason, or fails where `CI` is set. */
export function cannotRun(reason: string): void {
  if (verdict(reason, machineVariable("CI")) === "skip") {
    console.warn(reason);
    it.skip(reason, () => undefined);
  } else {
    it("has what it needs", () => {
      throw new Error(reason);
    });
  }
}

/** Stands for tests that need what only those have who work on this project: they are skipped with the reason, in CI as well. */
export function skipped(reason: string): void {
  console.warn(reason);
  it.skip(reason, () => undefined);
}
