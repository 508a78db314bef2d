/** What becomes of the validity suite on a machine. */
export type Verdict = "run" | "skip" | "fail";

/**
 * Whether stacks can be validated here.
 * @param missing what this machine lacks; undefined when it has an engine and providers
 * @param ci the variable `CI`: there nobody reads what was skipped, so a lack is a failure
 */
export function verdict(missing: string | undefined, ci: string | undefined): Verdict {
  if (missing === undefined) return "run";
  return ci === undefined ? "skip" : "fail";
}
