import { Command } from "commander";
import { loadEnvironments } from "../environments/load";
import { onAws, onLaptop } from "../environments/targets";
import { Bootstrap } from "../operations/bootstrap";
import { runProgram } from "../operations/command-line";
import { askConsent } from "../operations/consent";
import { requireOwnAccount } from "../operations/own-account";
import { terminalProgress } from "../operations/progress";
import { synthesizedStacks } from "../operations/stacks";

const program = new Command("npm run bootstrap --")
  .description("Make the bucket for an environment's Terraform states in its AWS account, and move the state of that layer into it.")
  .argument("<environment>", "dev, staging or prod")
  .option("--yes", "create without asking")
  .option("--adopt", "take over buckets of these names that exist already in the account")
  .addHelpText(
    "after",
    "\nMay be repeated: what is there stays as it is, and an interrupted run goes on.\nExit codes: 0 bootstrapped, 1 an error or a no.",
  )
  .action(async (name: string, { yes = false, adopt = false }: { readonly yes?: boolean; readonly adopt?: boolean }) => {
    const loaded = loadEnvironments({ names: [name] });
    for (const environment of onLaptop(loaded.environments)) {
      console.log(`${environment.name} needs no bootstrap: \`npm run up\` makes its state store.`);
    }
    for (const environment of onAws(loaded.environments)) {
      requireOwnAccount(environment);
      const stacks = synthesizedStacks(loaded);
      const progress = await terminalProgress();
      const command = `npm run bootstrap -- ${environment.name} --yes`;
      const consent = (what: string) => askConsent(what, { yes, command, say: progress.say });
      const stack = stacks.find(({ layer }) => layer === "state");
      if (stack === undefined) throw new Error(`${environment.name} has no state stack`);
      await new Bootstrap({ environment, stack, adopt, progress, consent }).run();
    }
  });

void runProgram(program);
