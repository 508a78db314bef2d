import { Command } from "commander";
import type { Environment } from "../environments/environment";
import { loadEnvironments } from "../environments/load";
import { onAws, onLaptop } from "../environments/targets";
import { runProgram } from "../operations/command-line";
import { askConsent } from "../operations/consent";
import { preflight } from "../operations/deploy-preflight";
import { OperationError } from "../operations/operation-error";
import { terminalProgress, type Progress } from "../operations/progress";
import type { ReleaseStore } from "../operations/release";
import { ReleaseKeeper } from "../operations/release-keeper";
import { awsReleases, localReleases } from "../operations/release-stores";
import { noReleases, releaseRows, Rollback } from "../operations/rollback";
import { runCommand } from "../operations/run-command";
import { synthesizedStacks, type SynthesizedStack } from "../operations/stacks";
import { renderTable } from "../operations/table";

interface Options {
  readonly yes?: boolean;
  readonly list?: boolean;
  readonly to?: number;
}

const explanation = `
Each deployment of the apps layer is kept as a release: who made it and when, its commit, what its plan did, and its stack. A rollback plans that
stack against what stands, shows what would change, asks, applies that plan, and is kept as a new release itself. The other layers stay as they are.
Migrations are not undone: an earlier release has to get along with the schema and the data of the later one.

Exit codes: 0 the release stands; 1 an error or a no; 130 stopped by a signal.`;

const program = new Command("npm run rollback --")
  .description("Go back to an earlier release of an environment's apps layer.")
  .argument("<environment>", "local, dev, staging or prod")
  .option("--list", "only list the releases")
  .option("--to <id>", "release to go back to; default: the last one that is not what stands", releaseId)
  .option("--yes", "apply without asking, e.g. in CI")
  .addHelpText("after", explanation)
  .action(async (name: string, options: Options) => {
    const loaded = loadEnvironments({ names: [name] });
    const progress = await terminalProgress();
    const stacks = synthesizedStacks(loaded);
    for (const environment of onLaptop(loaded.environments)) {
      await back(environment, stacks, localReleases(environment, stacks[0]?.folder ?? ""), options, progress);
    }
    for (const environment of onAws(loaded.environments)) {
      await preflight(environment, runCommand, progress);
      const store = awsReleases(environment);
      await back(environment, stacks, store, options, progress).finally(() => store.close());
    }
  });

async function back(
  environment: Environment,
  stacks: readonly SynthesizedStack[],
  store: ReleaseStore,
  { yes = false, list, to }: Options,
  progress: Progress,
): Promise<void> {
  if (list) {
    const columns = [
      { head: "release", align: "right" },
      { head: "deployed (UTC)" },
      { head: "by" },
      { head: "commit" },
      { head: "what it did" },
    ] as const;
    const releases = await store.list();
    if (releases.length === 0) console.log(noReleases(environment.name));
    else console.log(renderTable(columns, releaseRows(releases)));
    return;
  }
  const keeper = new ReleaseKeeper({ store, run: runCommand, progress });
  const consent = (what: string) => askConsent(what, { yes, command: `npm run rollback -- ${environment.name} --yes`, say: progress.say });
  await new Rollback({ environment, stacks, store, keeper, progress, consent }).back(to);
}

function releaseId(text: string): number {
  if (!/^[1-9]\d*$/.test(text))
    throw new OperationError(`--to is "${text}", must be the number of a release; --list tells which there are`);
  return Number(text);
}

void runProgram(program);
