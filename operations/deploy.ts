import type { AwsEnvironment } from "../environments/environment";
import type { Consent } from "./consent";
import { DeployFiles } from "./deploy-files";
import { deployLayer, refuseLosses, type LayerOutcome } from "./deploy-layer";
import { preflight } from "./deploy-preflight";
import { EngineError } from "./engine";
import { chooseStacks, type EnginePlace } from "./plan";
import { isEmpty, type PlanJson } from "./plan-changes";
import type { Progress } from "./progress";
import type { CommandRunner } from "./run-command";
import type { SynthesizedStack } from "./stacks";

export interface DeployOptions {
  readonly environment: AwsEnvironment;
  /** Its stacks, in the order of deployment. */
  readonly stacks: readonly SynthesizedStack[];
  /** Layers to deploy. @default all */
  readonly layers?: readonly string[];
  /** Lets a plan destroy or replace what keeps something. @default false */
  readonly allowStatefulDestroy?: boolean;
  readonly run: CommandRunner;
  readonly progress: Progress;
  readonly consent: Consent;
  /** Makes the bucket for the states where it is not there yet. */
  readonly bootstrap: (stack: SynthesizedStack) => Promise<void>;
  /** Is told of every layer that stands, with the plan that made it so. */
  readonly deployed: (stack: SynthesizedStack, plan: PlanJson) => Promise<void>;
  /** Where the engine works. @default the stacks' folders */
  readonly place?: EnginePlace;
}

/** What to say to a plan that loses something, when it is meant. */
export const lossRemedy =
  "If something was renamed, keep it with moveTo or moveFromId. If it is really to go, run the command again with --allow-stateful-destroy.";

/** Deploys an environment on AWS, layer by layer. Killed at any point, the next run goes on from there. */
export class Deployment {
  private readonly files: DeployFiles;
  private readonly chosen: readonly SynthesizedStack[];

  /** @throws OperationError for a layer that is not there */
  constructor(private readonly options: DeployOptions) {
    const { environment, stacks, layers = [] } = options;
    this.chosen = chooseStacks(stacks, environment.name, layers);
    this.files = new DeployFiles(environment, stacks[0]?.folder ?? "", "deploy");
  }

  /** @throws ConfigurationError, OperationError, EngineError when a layer does not come up */
  async deploy(): Promise<readonly LayerOutcome[]> {
    const { environment, run, progress, bootstrap } = this.options;
    await preflight(environment, run, progress);
    this.files.create();
    const state = this.chosen.find(({ layer }) => layer === "state");
    if (state) await bootstrap(state);
    try {
      const outcomes = await this.throughLayers();
      progress.say(`\n${endOf(environment.name, outcomes)}`);
      return outcomes;
    } catch (error) {
      if (error instanceof EngineError) progress.say(`the engine's output is in ${this.files.shownLog}`);
      throw error;
    }
  }

  private async throughLayers(): Promise<readonly LayerOutcome[]> {
    const { stacks, deployed, allowStatefulDestroy = false } = this.options;
    const outcomes: LayerOutcome[] = [];
    const waiting: SynthesizedStack[] = [];
    for (const stack of this.chosen) {
      const judge = (plan: PlanJson) => {
        if (!allowStatefulDestroy) refuseLosses(plan, stack.name, lossRemedy);
      };
      const outcome = await deployLayer({ ...this.options, stack, all: stacks, waiting, files: this.files, judge });
      outcomes.push(outcome);
      if (outcome.result === "waits") waiting.push(stack);
      else await deployed(stack, outcome.plan);
    }
    return outcomes;
  }
}

function endOf(environment: string, outcomes: readonly LayerOutcome[]): string {
  const waits = outcomes.flatMap((outcome) => (outcome.result === "waits" ? [`${outcome.stack} comes after ${outcome.after}`] : []));
  if (waits.length > 0) return [...waits, `Deploy that first: npm run deploy -- ${environment}`].join("\n");
  const unchanged = outcomes.every((outcome) => outcome.result !== "waits" && isEmpty(outcome.counts));
  return unchanged ? "Nothing had to change." : `${environment} is deployed.`;
}

/** 2 where a layer waits for another. */
export function deployExitCode(outcomes: readonly LayerOutcome[]): number {
  return outcomes.some(({ result }) => result === "waits") ? 2 : 0;
}
