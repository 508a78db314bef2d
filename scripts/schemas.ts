import { Command } from "commander";
import { runProgram } from "../operations/command-line";
import { updateSchemas } from "../rehearsal/schemas/schema-update";

const program = new Command("npm run schemas --")
  .description(
    "Rewrite the committed schemas that simulated providers are made from, for the resource types that the code uses, and print what changed. " +
      "The engine is asked for them, with the providers from a registry, a cache or a mirror.",
  )
  .option("--from <folder>", "a folder of <name>-<version>.json or .json.gz files, answers of `terraform providers schema -json`")
  .option("--to <folder>", "where to write them (default: where they are committed)")
  .action(({ from, to }: { readonly from?: string; readonly to?: string }) => {
    const changes = updateSchemas({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
    console.log(changes.length > 0 ? changes.join("\n") : "Nothing changed.");
  });

void runProgram(program);
