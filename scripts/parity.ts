import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { declaredGaps } from "../environments/declared-gaps";
import { environmentNames } from "../environments/environment";
import { loadEnvironments } from "../environments/load";
import { runProgram } from "../operations/command-line";
import { plainProgress } from "../operations/progress";
import { renderTable } from "../operations/table";
import { capabilities } from "../parity/capabilities";
import { differences, differenceSummary } from "../parity/difference";
import { environmentJsons, type EnvironmentJson } from "../parity/environment-json";
import { OutputTypes } from "../parity/output-type";
import { judge } from "../parity/problems";
import { reportJson, reportMarkdown, reportRows, summary } from "../parity/report";

interface Options {
  readonly json?: true;
  readonly output: string;
}

const explanation = `
Guarantees are computed from the Terraform that ships, never declared: parity.md, parity.json and --json give the path that proves each. It fails when an
environment lacks a capability, an output of its interface or a variable of workloads; when a guarantee does not hold and
environments/declared-gaps.ts does not say why, or says so in vain; and when prod is weaker than staging, or staging than dev.
docs/capabilities/parity.md says more.

Exit codes: 0 as it should be, 1 not, or an error. diff: 0, whatever differs.`;

const program = new Command("npm run parity --")
  .description("Show what each capability guarantees in each environment, and whether that is as it should be. No account is asked.")
  .option("--json", "print JSON instead of a table; the progress goes to standard error")
  .option("--output <folder>", "where parity.md and parity.json are written", "reports")
  .addHelpText("after", explanation)
  .action(async ({ json, output }: Options) => {
    const { environments, today } = await synthesized(environmentNames);
    const parity = judge(environments, { capabilities, types: new OutputTypes(), gaps: declaredGaps, today });
    const asJson = JSON.stringify(reportJson(parity, declaredGaps), undefined, 2);
    mkdirSync(output, { recursive: true });
    writeFileSync(join(output, "parity.md"), reportMarkdown(parity, environmentNames, declaredGaps));
    writeFileSync(join(output, "parity.json"), `${asJson}\n`);
    const columns = [{ head: "capability" }, { head: "guarantee" }, ...environmentNames.map((head) => ({ head }))];
    const rows = reportRows(parity, environmentNames).map(({ capability, guarantee, cells }) => [capability, guarantee, ...cells]);
    console.log(json ? asJson : renderTable(columns, rows));
    for (const problem of parity.problems) console.error(problem);
    if (!json) console.log(summary(parity, declaredGaps));
    if (parity.problems.length > 0) process.exitCode = 1;
  });

program
  .command("diff")
  .description("Show what differs between two environments, by capability.")
  .argument("<environment>", "local, dev, staging or prod")
  .argument("<other>", "another one")
  .action(async (name: string, otherName: string) => {
    const { environments } = await synthesized([name, otherName]);
    const [one, other] = [name, otherName].map((wanted) => environments.find((found) => found.name === wanted));
    if (one === undefined || other === undefined) return;
    const found = differences(capabilities, one, other);
    const columns = [{ head: "capability" }, { head: "" }, { head: one.name }, { head: other.name }];
    if (program.opts<Options>().json) console.log(JSON.stringify(found, undefined, 2));
    else {
      console.log(
        renderTable(
          columns,
          found.map(({ capability, what, values }) => [capability, what, ...values]),
        ),
      );
      console.log(differenceSummary(found, one.name, other.name));
    }
  });

/** The JSON of environments; what is going on is told on standard error, so that the report can be piped. */
async function synthesized(
  names: readonly string[],
): Promise<{ readonly environments: readonly EnvironmentJson[]; readonly today: string }> {
  const loaded = loadEnvironments({ names });
  const count = loaded.environments.length === 1 ? "1 environment" : `${loaded.environments.length} environments`;
  const environments = await plainProgress(console.error).step(`synthesizing ${count}`, async () => environmentJsons(loaded));
  return { environments, today: loaded.today };
}

void runProgram(program);
