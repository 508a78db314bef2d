import { Command } from "commander";
import { loadEnvironments } from "../environments/load";
import { chosen, runProgram } from "../operations/command-line";
import { adviceLines, doctorExitCode, examine, findingRows } from "../operations/doctor";
import { runCommand } from "../operations/run-command";
import { renderTable } from "../operations/table";

const program = new Command("npm run doctor --")
  .description("Say what this machine lacks for environments, and how to get it. Changes nothing.")
  .argument("[environments...]", "default: what EVENKEEL_ENVIRONMENTS chooses, else all")
  .addHelpText("after", "\nExit codes: 0 everything needed is there (warnings may remain), 1 something is missing, or an error.")
  .action(async (names: readonly string[]) => {
    const findings = await examine(loadEnvironments(chosen(names)).environments, runCommand);
    console.log(renderTable([{ head: "check" }, { head: "status" }, { head: "found" }], findingRows(findings)));
    for (const line of adviceLines(findings)) console.log(line);
    process.exitCode = doctorExitCode(findings);
  });

void runProgram(program);
