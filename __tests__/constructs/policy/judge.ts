import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { ImageValidatingPolicy } from "../../../constructs/policy/image-validating-policy";
import type { ValidatingPolicy } from "../../../constructs/policy/validating-policy";
import type { Request } from "./pods";

/** Messages of the validations that fail; null when the request is none of the policy's business. */
export type Verdict = readonly string[] | null;

/** Who has signed, by the name of the attestor, by the image. */
export type Signatures = Readonly<Record<string, readonly string[]>>;

/** What a policy says of requests, all of them in one run of the program beside this file. */
export function verdictsOf(
  { spec }: ValidatingPolicy | ImageValidatingPolicy,
  requests: readonly Request[],
  signed: Signatures = {},
): readonly Verdict[] {
  const input = JSON.stringify({ spec, requests, signed });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, "cel-program.mjs")], { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`cel-program.mjs ended with ${String(status)}:\n${stderr}`);
  return JSON.parse(stdout) as readonly Verdict[];
}

/** Requests with names, and what the policy says of each, by the name. */
export function judged(
  policy: ValidatingPolicy | ImageValidatingPolicy,
  named: Readonly<Record<string, Request>>,
  signed: Signatures = {},
): Readonly<Record<string, Verdict>> {
  const verdicts = verdictsOf(policy, Object.values(named), signed);
  return Object.fromEntries(Object.keys(named).map((name, index) => [name, verdicts[index] ?? null]));
}
