import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { dayAt } from "../environments/day";
import { declaredGaps } from "../environments/declared-gaps";
import { environmentNames } from "../environments/environment";
import { loadEnvironments } from "../environments/load";
import { runProgram } from "../operations/command-line";
import { renderTable } from "../operations/table";
import { capabilities } from "../parity/capabilities";
import { environmentJsons } from "../parity/environment-json";
import { OutputTypes } from "../parity/output-type";
import { judge } from "../parity/problems";
import { reportJson, reportMarkdown, reportRows } from "../parity/report";

interface Options {
  readonly json?: true;
  readonly output?: string;
}

const program = new Command("npm run parity --")
  .option("--json", "print JSON instead of a table")
  .option("--output <folder>", "also write parity.md and parity.json there")
  .action(({ json, output }: Options) => {
    const loaded = loadEnvironments();
    const parity = judge(environmentJsons(loaded), { capabilities, types: new OutputTypes(), gaps: declaredGaps, today: loaded.today });
    if (output !== undefined) {
      mkdirSync(output, { recursive: true });
      writeFileSync(join(output, "parity.md"), reportMarkdown(parity, environmentNames, declaredGaps));
      writeFileSync(join(output, "parity.json"), `${JSON.stringify(reportJson(parity, declaredGaps), undefined, 2)}\n`);
    }
    if (json) console.log(JSON.stringify(reportJson(parity, declaredGaps), undefined, 2));
    else {
      const columns = [{ head: "capability" }, { head: "guarantee" }, ...environmentNames.map((head) => ({ head }))];
      console.log(
        renderTable(
          columns,
          reportRows(parity, environmentNames).map(({ capability, guarantee, cells }) => [capability, guarantee, ...cells]),
        ),
      );
    }
    for (const problem of parity.problems) console.error(problem);
    process.exitCode = parity.problems.length > 0 ? 1 : 0;
  });

void runProgram(program);
void dayAt;
void resolve;
