import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { allowedFindings } from "../compliance/allowed-findings";
import { installCheckov } from "../compliance/installed-checkov";
import { judge } from "../compliance/judge";
import { reportColumns, reportJson, reportRows, summary } from "../compliance/report";
import { runCheckov } from "../compliance/run-checkov";
import { loadEnvironments } from "../environments/load";
import { chosen, runProgram } from "../operations/command-line";
import { plainProgress } from "../operations/progress";
import { synthesizedStacks } from "../operations/stacks";
import { renderTable } from "../operations/table";
import type { TerraformJson } from "../operations/terraform-json";

const explanation = `
The Terraform of each environment is synthesized into a folder of its own, and scanned with checkov. An environment that is not disposable has
to be clean (of the committed ones staging and prod): it fails on a finding that compliance/allowed-findings.ts does not allow, on an allowed one that is
none any more or whose day has passed, and on a stack that checkov did not read. Findings in the others are shown.
What checkov does not see is checked by rules in compliance/rules, which npm test runs; docs/capabilities/compliance.md says more.
The first run installs checkov from PyPI into .venv-checkov; after that nothing is asked of the network.

Exit codes: 0 clean, 1 not, or an error.`;

const program = new Command("npm run checkov --")
  .description("Scan the Terraform of environments with checkov. No account is asked.")
  .argument("[environments...]", "default: what EVENKEEL_ENVIRONMENTS chooses, else all")
  .option("--json", "print JSON instead of a table; the progress goes to standard error")
  .addHelpText("after", explanation)
  .action(async (names: readonly string[], { json }: { readonly json?: true }) => {
    const progress = plainProgress(console.error);
    const loaded = loadEnvironments(chosen(names));
    const outdir = mkdtempSync(join(tmpdir(), "evenkeel-checkov-"));
    try {
      const stacks = Object.fromEntries(
        synthesizedStacks(loaded, outdir).map(({ name, folder }) => [
          name,
          JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson,
        ]),
      );
      const python = await installCheckov(progress);
      const report = await progress.step(`scanning ${Object.keys(stacks).length} stacks`, () => runCheckov({ python, outdir, stacks }));
      const clean = loaded.environments.filter(({ disposable }) => !disposable).map(({ name }) => name);
      const compliance = judge(report, { allowed: allowedFindings, clean, today: loaded.today });
      const environments = loaded.environments.map(({ name }) => name);
      if (json) console.log(JSON.stringify(reportJson(compliance, report), undefined, 2));
      else console.log(renderTable(reportColumns(environments), reportRows(compliance, environments)));
      for (const problem of compliance.problems) console.error(problem);
      if (!json) console.log(summary(compliance, report));
      if (compliance.problems.length > 0) process.exitCode = 1;
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });

void runProgram(program);
