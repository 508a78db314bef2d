import { Command } from "commander";
import { applications } from "../applications/index";
import { dashboardFiles, dashboardFolder, outdated, writeDashboards } from "../dashboards/dashboard-files";
import { dashboards } from "../dashboards/dashboards";
import { runProgram } from "../operations/command-line";
import { OperationError } from "../operations/operation-error";

interface Options {
  readonly check?: true;
  readonly output: string;
}

const explanation = `
Synth reads the files and nothing else: run this after a change in dashboards/, in the signals and watches of constructs/monitoring/, or in what
applications measure. The same input gives the same bytes.

Exit codes: 0, 1 after an error, and with --check when a file is not current.`;

const program = new Command("npm run dashboards --")
  .description("Write the dashboards of Grafana as JSON, one file for each.")
  .option("--check", "write nothing, and fail when the files are not current")
  .option("--output <folder>", "where <uid>.json are", dashboardFolder)
  .addHelpText("after", explanation)
  .action(({ check, output }: Options) => {
    const files = dashboardFiles(dashboards(applications));
    if (!check) {
      for (const path of writeDashboards(files, output)) console.log(path);
      return;
    }
    const problems = outdated(files, output);
    if (problems.length > 0) throw new OperationError(problems.join("\n"));
  });

void runProgram(program);
