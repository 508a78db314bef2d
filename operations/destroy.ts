import type { AwsEnvironment } from "../environments/environment";
import type { Consent } from "./consent";
import { DeployEngine } from "./deploy-engine";
import { DeployFiles } from "./deploy-files";
import { deployLayer } from "./deploy-layer";
import { preflight } from "./deploy-preflight";
import { countOf, type DeployedState } from "./deploy-state";
import { destroyLayer } from "./destroy-layer";
import { protectedIn, refuseMore, unprotectedStack } from "./destroy-protection";
import type { ClusterRemains } from "./destroy-remains";
import { destroyStateLayer, interruptedStateLayer } from "./destroy-state-layer";
import { EngineError } from "./engine";
import { OperationError } from "./operation-error";
import type { EnginePlace } from "./plan";
import type { PlanJson } from "./plan-changes";
import type { Progress } from "./progress";
import type { CommandRunner } from "./run-command";
import type { SynthesizedStack } from "./stacks";

export interface DestroyOptions {
  readonly environment: AwsEnvironment;
  /** Its stacks, in the order of deployment. */
  readonly stacks: readonly SynthesizedStack[];
  readonly run: CommandRunner;
  readonly progress: Progress;
  /** Has somebody type the environment's name. */
  readonly consent: Consent;
  readonly remains: Pick<ClusterRemains, "vanish" | "list">;
  /** Goes on although something of the cluster is left in the account. @default false */
  readonly leaveBehind?: boolean;
  /** Where the engine works. @default the stacks' folders */
  readonly place?: EnginePlace;
}

/** A stack that has resources. */
interface Standing {
  readonly stack: SynthesizedStack;
  readonly state: DeployedState;
}

/** Destroys an environment on AWS, layer by layer in reverse. Killed at any point, the next run goes on from there. */
export class Destruction {
  private readonly files: DeployFiles;

  constructor(private readonly options: DestroyOptions) {
    this.files = new DeployFiles(options.environment, options.stacks[0]?.folder ?? "", "destroy");
  }

  /**
   * Destroys everything; the bucket of the states, too, where the environment is disposable.
   * @throws ConfigurationError, OperationError where it is protected, or something is left; EngineError
   */
  async destroy(): Promise<void> {
    await this.begin();
    const { environment, progress, consent } = this.options;
    const { name, disposable } = environment;
    const standing = (await this.standing()).filter(({ stack }) => disposable || stack.layer !== "state");
    if (standing.length === 0) return progress.say(`Nothing of ${name} stands.`);
    if (!disposable) this.refuseProtected(standing);
    const lines = standing.map(({ stack, state }) => `  ${stack.name}: ${countOf(state)}`);
    await consent([`${name} in account ${environment.accountId} would be destroyed, with all its data:`, ...lines].join("\n"));
    await this.logged(() => this.downward(standing));
    progress.say(`${name} is destroyed.${disposable ? "" : " The bucket with its states and releases stays."}`);
  }

  /**
   * Lifts the protection of what stands, and does nothing else. The next deployment puts it back.
   * @throws ConfigurationError, OperationError where more would change; EngineError
   */
  async unprotect(): Promise<void> {
    await this.begin();
    const { environment, progress, stacks } = this.options;
    const { name, disposable } = environment;
    if (disposable) throw new OperationError(`${name} is disposable: nothing has to be lifted. Run \`npm run destroy -- ${name}\`.`);
    const standing = await this.standing();
    if (standing.length === 0) return progress.say(`Nothing of ${name} stands.`);
    for (const { stack } of [...standing].reverse()) {
      if (stack.layer === "state" || protectedIn(stack).length === 0) continue;
      const open = unprotectedStack(stack);
      const judge = (plan: PlanJson) => refuseMore(plan, stack);
      await this.logged(() => deployLayer({ ...this.options, stack: open, all: stacks, files: this.files, judge }));
    }
    progress.say(`${name} is unprotected, until the next deployment. \`npm run destroy -- ${name}\` destroys it.`);
  }

  private async begin(): Promise<void> {
    const { environment, run, progress } = this.options;
    await preflight(environment, run, progress);
    this.files.create();
  }

  /** What has resources, in the order in which it is destroyed. */
  private async standing(): Promise<readonly Standing[]> {
    const { stacks, progress } = this.options;
    const found: Standing[] = [];
    for (const stack of [...stacks].reverse()) {
      const state = await progress.step(
        `${stack.name}: reading its state`,
        async () =>
          hasResources(await this.engine(stack).state()) ??
          hasResources(stack.layer === "state" ? interruptedStateLayer(stack) : undefined),
        (read) => countOf(read ?? { resources: 0 }),
      );
      if (state) found.push({ stack, state });
    }
    return found;
  }

  private refuseProtected(standing: readonly Standing[]): void {
    const { name } = this.options.environment;
    const kept = standing.filter(({ stack, state }) => !state.unprotected && protectedIn(stack).length > 0);
    if (kept.length === 0) return;
    throw new OperationError(
      [
        `${name} is protected (disposable is false). Nothing was destroyed.`,
        ...kept.map(({ stack }) => `  ${stack.name}: ${protectedIn(stack).join(", ")}`),
        `Lift the protection first, in a run of its own: npm run destroy -- ${name} --unprotect`,
      ].join("\n"),
    );
  }

  private async downward(standing: readonly Standing[]): Promise<void> {
    const { progress, remains, environment } = this.options;
    for (const { stack } of standing) {
      const engine = { ...this.options, stack, all: this.options.stacks, files: this.files, progress };
      if (stack.layer === "cluster") await this.awaitRemains(await remains.vanish());
      if (stack.layer === "state") await destroyStateLayer(engine);
      else await destroyLayer(engine);
    }
    const left = await remains.list();
    if (left.length > 0) throw new OperationError([`${environment.name} is destroyed, but this is left:`, ...left].join("\n  "));
  }

  private async awaitRemains(left: readonly string[]): Promise<void> {
    if (left.length === 0) return;
    const { environment, progress, leaveBehind = false } = this.options;
    const lines = left.map((what) => `  ${what}`);
    if (leaveBehind) return progress.say(["The cluster goes, and this is left behind:", ...lines].join("\n"));
    throw new OperationError(
      [
        "This is left of the cluster, and nobody takes it away; the cluster's own layer still stands:",
        ...lines,
        `Delete it, and run the command again. To keep it, e.g. volumes with data: npm run destroy -- ${environment.name} --leave-behind`,
      ].join("\n"),
    );
  }

  private async logged<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof EngineError) this.options.progress.say(`the engine's output is in ${this.files.shownLog}`);
      throw error;
    }
  }

  private engine(stack: SynthesizedStack): DeployEngine {
    const { stacks, place } = this.options;
    return new DeployEngine({ stack, all: stacks, files: this.files, ...(place ? { place } : {}) });
  }
}

/** A state that has any. */
function hasResources(state: DeployedState | undefined): DeployedState | undefined {
  return state && state.resources > 0 ? state : undefined;
}
