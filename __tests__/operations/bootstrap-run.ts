import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../environments/load";
import { onAws } from "../../environments/targets";
import { Bootstrap } from "../../operations/bootstrap";
import { runProgram } from "../../operations/command-line";
import { askConsent } from "../../operations/consent";
import { plainProgress } from "../../operations/progress";
import { Command } from "commander";
import type { TerraformJson } from "../../operations/terraform-json";

// What `npm run bootstrap` does, with a stack that is there already: the tests adapt it to the provider of their machine.
// A process of its own, so that it can be killed.
const program = new Command()
  .argument("<environment>")
  .argument("<folder>")
  .option("--yes")
  .option("--adopt")
  .action(async (name: string, folder: string, { yes = false, adopt = false }: { readonly yes?: boolean; readonly adopt?: boolean }) => {
    const { backend } = (JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson).terraform;
    const state = { in: "bucket", bucket: String(backend.s3?.bucket), key: String(backend.s3?.key) } as const;
    const progress = plainProgress((line) => console.log(line));
    const consent = (what: string) => askConsent(what, { yes, command: "bootstrap-run --yes", say: progress.say });
    for (const environment of onAws(loadEnvironments({ names: [name] }).environments)) {
      await new Bootstrap({ environment, stack: { name: `${name}-state`, folder, state }, adopt, progress, consent }).run();
    }
  });

void runProgram(program);
