import { Command } from "commander";
import type { AwsEnvironment, LocalEnvironment } from "../environments/environment";
import { loadEnvironments } from "../environments/load";
import { onAws, onLaptop } from "../environments/targets";
import { runProgram } from "../operations/command-line";
import { askConsent } from "../operations/consent";
import { deployExitCode, Deployment, lossRemedy } from "../operations/deploy";
import { bootstrapWhereNeeded } from "../operations/deploy-bootstrap";
import { refuseLosses } from "../operations/deploy-layer";
import { refusePlaceholders } from "../operations/deploy-preflight";
import { OperationError } from "../operations/operation-error";
import { chooseStacks, planColumns, planExitCode, planRows, planStacks } from "../operations/plan";
import { awsKubectlAccess, localKubectlAccess, type KubectlAccess } from "../operations/post-deploy/cluster-access";
import { checkDeployment, checkRows, fixLines, type PostDeployOptions } from "../operations/post-deploy/post-deploy";
import { awsAddress, laptopAddress } from "../operations/post-deploy/routes-answer";
import { terminalProgress, type Progress } from "../operations/progress";
import { ReleaseKeeper } from "../operations/release-keeper";
import { awsReleases, localReleases } from "../operations/release-stores";
import { runCommand } from "../operations/run-command";
import { synthesizedStacks, type SynthesizedStack } from "../operations/stacks";
import { renderTable } from "../operations/table";
import { LocalDeployment } from "../operations/up";

interface Options {
  readonly yes?: boolean;
  readonly layer?: readonly string[];
  readonly allowStatefulDestroy?: boolean;
  readonly planOnly?: boolean;
  readonly checksOnly?: boolean;
  readonly skipChecks?: boolean;
  readonly patience: number;
}

const explanation = `
Layer by layer: the plan is shown, somebody agrees, and that plan is applied. On AWS the bucket for the states is made first where it is not
there. What keeps something (databases, buckets, keys, volumes, ...) is not destroyed or replaced without --allow-stateful-destroy. Then the
environment is looked at: pods, secrets, database and cache, routes, policies, signatures.

May be repeated: what stands stays as it is, and an interrupted run goes on. The engine's output is kept in .state/<environment>/logs, and each
deployment of the apps layer as a release, for \`npm run rollback\`.

Exit codes: 0 deployed and found well; 1 an error or a no; 2 a layer waits for another, or with --plan-only something would change;
3 deployed, but a check did not pass; 130 stopped by a signal.`;

const program = new Command("npm run deploy --")
  .description("Deploy an environment: local, or one on AWS.")
  .argument("<environment>", "local, dev, staging or prod")
  .option("--yes", "apply without asking, e.g. in CI")
  .option("--layer <layers...>", "these layers alone, on AWS; default: all")
  .option("--allow-stateful-destroy", "destroy or replace also what keeps something")
  .option("--plan-only", "show what would change, and change nothing")
  .option("--checks-only", "only look at what is deployed")
  .option("--skip-checks", "do not look at it afterwards")
  .option("--patience <seconds>", "how long a check may take to pass", seconds, 120)
  .addHelpText("after", explanation)
  .action(async (name: string, options: Options) => {
    const loaded = loadEnvironments({ names: [name] });
    for (const environment of onAws(loaded.environments)) refusePlaceholders(environment);
    if (options.layer && !options.planOnly && onLaptop(loaded.environments).length > 0) {
      throw new OperationError(`${name} is deployed as a whole; leave --layer out`);
    }
    const stacks = synthesizedStacks(loaded);
    const progress = await terminalProgress();
    if (options.planOnly) {
      const outcomes = await planStacks(chooseStacks(stacks, name, options.layer ?? []), stacks, progress);
      console.log(renderTable(planColumns, planRows(outcomes)));
      process.exitCode = planExitCode(outcomes);
      return;
    }
    for (const environment of onLaptop(loaded.environments)) {
      if (!options.checksOnly) await deployOnLaptop(environment, stacks, options, progress);
      const access = async () => localKubectlAccess(environment, stacks[0]?.folder ?? "");
      const addressOf = laptopAddress(environment.kind.hostPorts);
      if (!options.skipChecks) await look({ environment, stacks, addressOf, patience: options.patience }, progress, access);
    }
    for (const environment of onAws(loaded.environments)) {
      if (!options.checksOnly) process.exitCode = await deployOnAws(environment, stacks, options, progress);
      if (options.skipChecks || process.exitCode === 2) continue;
      const checked = { environment, stacks, addressOf: awsAddress, patience: options.patience };
      await look(checked, progress, () => awsKubectlAccess(environment, runCommand));
    }
  });

async function deployOnLaptop(environment: LocalEnvironment, stacks: Stacks, options: Options, progress: Progress): Promise<void> {
  const keeper = new ReleaseKeeper({ store: localReleases(environment, stacks[0]?.folder ?? ""), run: runCommand, progress });
  await new LocalDeployment({
    environment,
    stacks,
    run: runCommand,
    progress,
    consent: consentFor(environment.name, options, progress),
    // Of a cluster that would go, the deployment itself says more, and asks.
    judge: ({ layer, name }, plan) => {
      if (layer !== "cluster" && !options.allowStatefulDestroy) refuseLosses(plan, name, lossRemedy);
    },
    deployed: (stack, plan) => keeper.keep(stack, plan),
  }).up();
}

/** @returns the exit code */
async function deployOnAws(environment: AwsEnvironment, stacks: Stacks, options: Options, progress: Progress): Promise<number> {
  const store = awsReleases(environment);
  try {
    const keeper = new ReleaseKeeper({ store, run: runCommand, progress });
    const consent = consentFor(environment.name, options, progress);
    const deployment = new Deployment({
      environment,
      stacks,
      layers: options.layer ?? [],
      allowStatefulDestroy: options.allowStatefulDestroy ?? false,
      run: runCommand,
      progress,
      consent,
      bootstrap: (stack) => bootstrapWhereNeeded({ environment, stack, progress, consent }),
      deployed: (stack, plan) => keeper.keep(stack, plan),
    });
    return deployExitCode(await deployment.deploy());
  } finally {
    store.close();
  }
}

type Stacks = readonly SynthesizedStack[];

function consentFor(name: string, { yes = false }: Pick<Options, "yes">, { say }: Progress) {
  return (what: string) => askConsent(what, { yes, command: `npm run deploy -- ${name} --yes`, say });
}

/** Sets the exit code when something is not as it should be. */
async function look(
  checked: Pick<PostDeployOptions, "environment" | "stacks" | "addressOf" | "patience">,
  progress: Progress,
  access: () => Promise<KubectlAccess>,
): Promise<void> {
  const opened = await access();
  try {
    const results = await checkDeployment({ ...checked, run: runCommand, access: opened, step: progress.step });
    console.log(renderTable([{ head: "check" }, { head: "" }, { head: "found" }], checkRows(results)));
    for (const line of fixLines(results)) console.log(line);
    if (results.some(({ passed }) => !passed)) process.exitCode = 3;
  } finally {
    opened.close();
  }
}

function seconds(text: string): number {
  if (!/^\d+$/.test(text)) throw new OperationError(`--patience is "${text}", must be a number of seconds`);
  return Number(text);
}

void runProgram(program);
