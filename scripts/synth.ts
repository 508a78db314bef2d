import { Command } from "commander";
import { loadEnvironments } from "../environments/load";
import { placeholderNotice } from "../environments/placeholders";
import { outputFolder } from "../environments/variables";
import { chosen, runProgram, variablesHelp } from "../operations/command-line";
import { describeState, synthesized } from "../operations/stacks";
import { renderTable } from "../operations/table";
import { supportNotice } from "../stacks/support";

const program = new Command("npm run synth --")
  .description("Write the Terraform of environments to cdktf.out (or CDKTF_OUTDIR). Nothing is deployed, no account is asked.")
  .argument("[environments...]", "default: what EVENKEEL_ENVIRONMENTS chooses, else all")
  .option("--json", "print JSON instead of a table")
  .addHelpText("after", `${variablesHelp()}\n\nExit codes: 0 written, 1 something is wrong with an environment, and nothing was written.`)
  .action((names: readonly string[], options: { readonly json?: true }) => {
    const since = performance.now();
    const loaded = loadEnvironments(chosen(names));
    const { placeholders } = loaded;
    const outdir = outputFolder();
    const { stacks: written, ending } = synthesized(loaded, outdir);
    const stacks = written.map((stack) => ({
      stack: stack.name,
      resources: stack.resources,
      state: describeState(stack.state),
      dependsOn: stack.dependsOn,
    }));
    const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
    const seconds = Number(((performance.now() - since) / 1000).toFixed(2));
    if (options.json) {
      console.log(JSON.stringify({ stacks, resources, seconds, outdir, placeholders, ending }, null, 2));
      return;
    }
    const columns = [{ head: "stack" }, { head: "resources", align: "right" }, { head: "state" }, { head: "depends on" }] as const;
    const rows = stacks.map((stack) => [stack.stack, stack.resources, stack.state, stack.dependsOn.join(", ")]);
    console.log(renderTable(columns, rows));
    console.log(`${stacks.length} stacks with ${resources} resources in ${outdir}, ${seconds} s`);
    for (const notice of [placeholderNotice(placeholders), supportNotice(ending)]) if (notice) console.error(notice);
  });

void runProgram(program);
