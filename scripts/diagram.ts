import { Command } from "commander";
import { diagramFiles, diagramFolder, outdated, writeDiagrams } from "../diagram/diagram-files";
import { environmentDiagrams } from "../diagram/environment-diagrams";
import { environmentNames } from "../environments/environment";
import { loadEnvironments } from "../environments/load";
import { runProgram } from "../operations/command-line";
import { OperationError } from "../operations/operation-error";

interface Options {
  readonly check?: true;
  readonly output: string;
}

const explanation = `
It draws the committed environments: values from outside do not count. Capabilities come from what is composed, arrows from the
connections that applications declare, one for each and no other. The same input gives the same bytes.

Exit codes: 0, 1 after an error, and with --check when a file is not current.`;

const program = new Command("npm run diagram --")
  .description("Draw what environments consist of and who talks to whom, as Mermaid and as SVG. No account is asked.")
  .argument("[environments...]", "local, dev, staging, prod", environmentNames)
  .option("--check", "write nothing, and fail when the files are not current")
  .option("--output <folder>", "where <environment>.mmd and <environment>.svg are", diagramFolder)
  .addHelpText("after", explanation)
  .action(async (names: readonly string[], { check, output }: Options) => {
    const files = await diagramFiles(environmentDiagrams(loadEnvironments({ names, variables: {} })));
    if (!check) {
      for (const path of writeDiagrams(files, output)) console.log(path);
      return;
    }
    const problems = outdated(files, output);
    if (problems.length > 0) throw new OperationError(problems.join("\n"));
  });

void runProgram(program);
