import { Command } from "commander";
import { loadEnvironments } from "../environments/load";
import { chosen, runProgram } from "../operations/command-line";
import { OperationError } from "../operations/operation-error";
import { plainProgress } from "../operations/progress";
import { synthesizedStacks } from "../operations/stacks";
import { renderTable } from "../operations/table";
import { chosenProviders } from "../rehearsal/loop/provider-choices";
import { rehearse } from "../rehearsal/loop/rehearse";
import { reportColumns, reportRows, summary } from "../rehearsal/loop/report";

interface Options {
  readonly from?: string;
  readonly only?: readonly string[];
  readonly provider: readonly string[];
  readonly apply?: true;
  readonly keep?: true;
  readonly json?: true;
}

const explanation = `
What ships is rehearsed: the cdk.tf.json of each stack, unchanged, with the real engine and a real S3 API for the states. Each stack is
initialized, validated, planned and applied; every stack planned again must have nothing to change, and drift that the platform makes
itself must not show; then all are destroyed in reverse, and what is protected must refuse first. docs/rehearsal.md says what that proves. The first run
installs moto from PyPI into .venv; aws=real asks a registry for the provider, or takes it from a mirror.

Exit codes: 0 everything came through, 1 something did not, 130 stopped by Ctrl-C.`;

const program = new Command("npm run rehearse --")
  .description(
    "Apply, plan again and destroy environments with the real engine and simulated providers. No cloud is reached; no account is needed.",
  )
  .argument("[environments...]", "default: what EVENKEEL_ENVIRONMENTS chooses, else all")
  .option("--from <layer>", "begin with this layer; those before it are only applied")
  .option("--only <layers...>", "these layers alone; those before them are only applied")
  .option("--provider <name=kind>", "aws=real: validate and plan with the real AWS provider, too; no account is needed", collected, [])
  .option("--apply", "with aws=real: apply with it on moto what moto carries, plan again and destroy; takes minutes")
  .option("--keep", "leave the copies of the stacks, their states after the apply and the engine's output behind, and say where")
  .option("--json", "print JSON instead of a table; the progress goes to standard error")
  .addHelpText("after", explanation)
  .action(async (names: readonly string[], { json, provider, apply, ...options }: Options) => {
    const loaded = loadEnvironments(chosen(names));
    const report = await rehearse({
      ...options,
      ...chosenProviders(provider, apply),
      synthesize: (outdir) => synthesizedStacks(loaded, outdir),
      progress: plainProgress(json ? console.error : console.log),
    });
    if (json) console.log(JSON.stringify({ ...report, failures: report.failures.map(({ message }) => message) }, undefined, 2));
    else console.log(renderTable(reportColumns(report.stacks), reportRows(report.stacks)));
    for (const failure of report.failures) console.error("\n%s", failure instanceof OperationError ? failure.message : failure);
    if (!json) console.log(summary(report));
    if (report.failures.length > 0) process.exitCode = 1;
  });

/** An option that may come several times. */
function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

void runProgram(program);
