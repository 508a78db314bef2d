import { Command } from "commander";
import { loadEnvironments } from "../environments/load";
import { onLaptop } from "../environments/targets";
import { runProgram } from "../operations/command-line";
import { askConsent } from "../operations/consent";
import { terminalProgress } from "../operations/progress";
import { ReleaseKeeper } from "../operations/release-keeper";
import { localReleases } from "../operations/release-stores";
import { runCommand } from "../operations/run-command";
import { synthesizedStacks } from "../operations/stacks";
import { LocalDeployment, type UpOptions } from "../operations/up";

const program = new Command("npm run up --")
  .description(
    "Bring the environment local up on this laptop: a Kind cluster, its state store, the platform, the data and the applications in it.",
  )
  .option("--yes", "replace or remove a cluster, with all that is in it, without asking")
  .addHelpText(
    "after",
    "\nMay be repeated: what is up already stays as it is. The engine's output is kept in .state/local/logs.\nExit codes: 0 everything is up, 1 an error or a no, 130 stopped by a signal.",
  )
  .action(async ({ yes = false }: { readonly yes?: boolean }) => {
    const loaded = loadEnvironments({ names: ["local"] });
    const stacks = synthesizedStacks(loaded);
    const progress = await terminalProgress();
    const consent = (what: string) => askConsent(what, { yes, command: "npm run up -- --yes", say: progress.say });
    for (const environment of onLaptop(loaded.environments)) {
      const keeper = new ReleaseKeeper({ store: localReleases(environment, stacks[0]?.folder ?? ""), run: runCommand, progress });
      const deployed: UpOptions["deployed"] = (stack, plan) => keeper.keep(stack, plan);
      await new LocalDeployment({ environment, stacks, run: runCommand, progress, consent, deployed }).up();
    }
  });

void runProgram(program);
