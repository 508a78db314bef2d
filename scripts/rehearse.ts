import { Command } from "commander";
import { loadEnvironments } from "../environments/load";
import { chosen, runProgram } from "../operations/command-line";
import { plainProgress } from "../operations/progress";
import { synthesizedStacks } from "../operations/stacks";
import { renderTable } from "../operations/table";
import { rehearse } from "../rehearsal/loop/rehearse";
import { reportColumns, reportRows } from "../rehearsal/loop/report";

const program = new Command("npm run rehearse --")
  .description(
    "Apply, plan again and destroy environments with the real engine and simulated providers. Nothing outside this machine is reached.",
  )
  .argument("[environments...]", "default: what EVENKEEL_ENVIRONMENTS chooses, else all")
  .option("--keep", "leave the copies of the stacks, the states and the engine's output behind, and say where")
  .action(async (names: readonly string[], { keep = false }: { readonly keep?: boolean }) => {
    const loaded = loadEnvironments(chosen(names));
    const report = await rehearse({
      synthesize: (outdir) => synthesizedStacks(loaded, outdir),
      progress: plainProgress((line) => console.log(line)),
      keep,
    });
    console.log(renderTable(reportColumns, reportRows(report.stacks)));
    for (const failure of report.failures) console.error(`\n${failure.message}`);
    console.log(JSON.stringify(report.megabytes), report.seconds, report.kept);
    if (report.failures.length > 0) process.exitCode = 1;
  });

void runProgram(program);
