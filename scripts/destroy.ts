import { Command } from "commander";
import { awsNames } from "../constructs/shared/naming";
import { loadEnvironments } from "../environments/load";
import { onAws, onLaptop } from "../environments/targets";
import { runProgram } from "../operations/command-line";
import { askConsent } from "../operations/consent";
import { Destruction } from "../operations/destroy";
import { LocalDestruction } from "../operations/destroy-local";
import { ClusterRemains } from "../operations/destroy-remains";
import { OperationError } from "../operations/operation-error";
import { terminalProgress } from "../operations/progress";
import { runCommand } from "../operations/run-command";
import { synthesizedStacks } from "../operations/stacks";

interface Options {
  readonly unprotect?: boolean;
  readonly confirm?: string;
  readonly leaveBehind?: boolean;
}

const explanation = `
Layer by layer in reverse. An environment that is not disposable is refused until its protection was lifted in a run of its own, by --unprotect, which
changes nothing else; the next deployment puts it back. Before the cluster goes, what it has made in the account by itself (load balancers, network
interfaces, volumes, nodes) has to be gone, too. The bucket of the states goes last, and only with a disposable environment. On the laptop the
Kind cluster goes last; the files about it are set aside.

May be repeated: an interrupted run goes on. The engine's output is kept in .state/<environment>/logs.

Exit codes: 0 nothing is left; 1 an error, a no, or something is left, which is named; 130 stopped by a signal.`;

const program = new Command("npm run destroy --")
  .description("Destroy an environment with all its data.")
  .argument("<environment>", "local, dev, staging or prod")
  .option("--unprotect", "only lift the protection of an environment that is not disposable")
  .option("--confirm <environment>", "its name once more, instead of typing it when asked, e.g. in CI")
  .option("--leave-behind", "destroy the cluster although something of it is left in the account, e.g. volumes with data")
  .addHelpText("after", explanation)
  .action(async (name: string, { unprotect, confirm, leaveBehind = false }: Options) => {
    const loaded = loadEnvironments({ names: [name] });
    if (confirm !== undefined && confirm !== name)
      throw new OperationError(`--confirm is "${confirm}", must be ${name}, which would be destroyed`);
    if (unprotect && onLaptop(loaded.environments).length > 0) {
      throw new OperationError(`${name} is disposable: nothing has to be lifted. Run \`npm run destroy -- ${name}\`.`);
    }
    const stacks = synthesizedStacks(loaded);
    const progress = await terminalProgress();
    const { say } = progress;
    const command = `npm run destroy -- ${name} ${unprotect ? "--unprotect " : ""}--confirm ${name}`;
    const consent = (what: string) =>
      askConsent(what, { yes: confirm !== undefined, answer: name, option: `--confirm ${name}`, command, say });
    const shared = { stacks, run: runCommand, progress, consent };
    for (const environment of onLaptop(loaded.environments)) {
      await new LocalDestruction({ ...shared, environment }).destroy();
    }
    for (const environment of onAws(loaded.environments)) {
      const { cluster } = awsNames(environment);
      const remains = new ClusterRemains({ cluster, region: environment.region, run: runCommand, progress });
      const destruction = new Destruction({ ...shared, environment, remains, leaveBehind });
      await (unprotect ? destruction.unprotect() : destruction.destroy());
    }
  });

void runProgram(program);
