import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { ImageValidatingPolicy } from "../../../constructs/policy/image-validating-policy";
import type { ValidatingPolicy } from "../../../constructs/policy/validating-policy";
import type { Request } from "./pods";

/** Messages of the validations that fail; null when the request is none of the policy's business. */
export type Verdict = readonly string[] | null;

/** What a policy should say of each of some requests. */
export type Case = readonly [name: string, requests: readonly Request[], expected: Verdict];

/** The same with what it says. */
export type Judged = readonly [name: string, said: readonly Verdict[], expected: readonly Verdict[]];

/** Has a policy judge cases, all in one run of the program beside this file: rows for `it.each`. */
export function judged({ spec }: ValidatingPolicy | ImageValidatingPolicy, cases: readonly Case[]): readonly Judged[] {
  const input = JSON.stringify({ spec, cases: cases.map(([, requests]) => requests) });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, "cel-program.mjs")], { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`cel-program.mjs ended with ${String(status)}:\n${stderr}`);
  const said = JSON.parse(stdout) as readonly (readonly Verdict[])[];
  return cases.map(([name, requests, expected], index) => [name, said[index] ?? [], requests.map(() => expected)]);
}
