import { Command } from "commander";
import { loadEnvironments } from "../environments/load";
import { runProgram } from "../operations/command-line";
import { chooseStacks, planColumns, planExitCode, planRows, planStacks } from "../operations/plan";
import { terminalProgress } from "../operations/progress";
import { synthesizedStacks } from "../operations/stacks";
import { renderTable } from "../operations/table";

const program = new Command("npm run plan --")
  .description("Show what a deployment of an environment would change. Changes nothing, and keeps no plan.")
  .argument("<environment>", "local, dev, staging or prod")
  .argument("[layers...]", "layers of it, e.g. cluster; default: all")
  .addHelpText("after", "\nExit codes: 0 nothing to change, 2 something to change or to deploy first, 1 an error.")
  .action(async (environment: string, layers: readonly string[]) => {
    const stacks = synthesizedStacks(loadEnvironments({ names: [environment] }));
    const outcomes = await planStacks(chooseStacks(stacks, environment, layers), stacks, await terminalProgress());
    console.log(renderTable(planColumns, planRows(outcomes)));
    process.exitCode = planExitCode(outcomes);
  });

void runProgram(program);
