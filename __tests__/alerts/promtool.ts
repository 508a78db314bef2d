import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { CommittedRules } from "./committed-rules";
import type { RuleTest } from "./rule-test";

/** What promtool says of rule files, all in one process; empty where they are right. */
export function checkRules(work: string, objects: readonly CommittedRules[]): string {
  const files = objects.map(({ groups, name }) => {
    writeFileSync(join(work, `${name}.yaml`), stringify({ groups }));
    return `${name}.yaml`;
  });
  const { status, output } = promtool(work, ["check", "rules", "--lint=all", "--lint-fatal", ...files]);
  return status === 0 ? "" : output;
}

/** What promtool says of tests that failed, all run in one process; an empty text for those that did not. */
export function testRules(work: string, tests: readonly RuleTest[]): ReadonlyMap<string, string> {
  const files = tests.map(({ evaluationInterval = "1m", name, rules, tests: cases }) => {
    writeFileSync(join(work, `${name}.rules.yaml`), stringify(rules));
    const file = { rule_files: [`${name}.rules.yaml`], evaluation_interval: evaluationInterval, tests: cases };
    writeFileSync(join(work, `${name}.test.yaml`), stringify(file));
    return `${name}.test.yaml`;
  });
  const { output } = promtool(work, ["test", "rules", ...files]);
  return new Map(
    output
      .split(/^Unit Testing: +/m)
      .slice(1)
      .map((told) => {
        const [file = "", ...lines] = told.split("\n");
        const verdict = lines.join("\n").trim();
        return [file.replace(".test.yaml", ""), verdict === "SUCCESS" ? "" : verdict];
      }),
  );
}

/** Both streams go to one file: promtool says in one of them which file it is at, and in the other what is wrong there. */
function promtool(work: string, options: readonly string[]): { readonly status: number | null; readonly output: string } {
  const told = join(work, "told.txt");
  const stream = openSync(told, "w");
  try {
    const { status } = spawnSync("promtool", options, { cwd: work, stdio: ["ignore", stream, stream] });
    return { status, output: readFileSync(told, "utf8") };
  } finally {
    closeSync(stream);
  }
}
