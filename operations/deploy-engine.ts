import { engineBinary } from "../environments/variables";
import type { DeployFiles } from "./deploy-files";
import { parseDeployedState, type DeployedState } from "./deploy-state";
import { applyArguments, destroyArguments, EngineError, initArguments, runEngine, type EngineResult } from "./engine";
import { OperationError } from "./operation-error";
import { neededFirst, ownFolder, planStack, type EnginePlace, type PlannedStack } from "./plan";
import type { SynthesizedStack } from "./stacks";

/** How long the engine waits for whoever else is at work on the state: an engine whose command was killed comes to its end, too. */
const patience = "-lock-timeout=180s";

export interface DeployEngineOptions {
  readonly stack: SynthesizedStack;
  /** The stacks of the environment. */
  readonly all: readonly SynthesizedStack[];
  readonly files: DeployFiles;
  /** @default the stack's folder */
  readonly place?: EnginePlace;
}

/** The engine at work on a stack of a deployment: it waits for its turn, and an apply outlives the command. */
export class DeployEngine {
  private readonly plan: string;

  constructor(private readonly options: DeployEngineOptions) {
    this.plan = options.files.planOf(options.stack.layer);
  }

  /**
   * Plans into the file that {@link apply} applies.
   * @param changing stacks before it that something would change in
   * @throws EngineError, OperationError
   */
  async planned(changing: readonly SynthesizedStack[] = []): Promise<PlannedStack> {
    const { stack, all } = this.options;
    return planStack(stack, { all, changing, file: this.plan, run: (args) => this.run(args) });
  }

  /** Applies the last plan. Killed in the middle, the command leaves an engine that comes to its end. */
  async apply(): Promise<void> {
    await this.require(applyArguments(this.plan));
  }

  /** Destroys everything in the state; somebody has agreed before. Killed, it comes to its end like an apply. */
  async destroy(): Promise<void> {
    await this.require(initArguments);
    await this.require(destroyArguments);
  }

  /** Opens the stack and reads its state; undefined where its place does not exist yet. */
  async state(): Promise<DeployedState | undefined> {
    const opened = await this.run(initArguments);
    if (neededFirst(opened, this.options.all) !== undefined) return undefined;
    if (opened.exitCode !== 0) throw this.failure(initArguments, opened);
    return parseDeployedState((await this.require(["state", "pull"])).stdout);
  }

  private async require(args: readonly string[]): Promise<EngineResult> {
    const result = await this.run(args);
    if (result.exitCode !== 0) throw this.failure(args, result);
    return result;
  }

  private async run(args: readonly string[]): Promise<EngineResult> {
    const { stack, files, place = ownFolder } = this.options;
    const [command = ""] = args;
    const changes = command === "apply" || command === "destroy";
    const all = changes || command === "plan" ? [command, patience, ...args.slice(1)] : args;
    const forPrograms = command === "show" || command === "state"; // they print secrets
    files.write(`\n# ${new Date().toISOString()} ${stack.name}: ${engineBinary()} ${command}\n`);
    const output = changes ? { outputFile: files.log } : forPrograms ? {} : { log: (text: string) => files.write(text) };
    const result = await runEngine(all, { ...place(stack), ...output });
    if (result.exitCode !== 0 && `${result.stdout}${result.stderr}`.includes("Error acquiring the state lock")) {
      throw new OperationError(
        `${this.failure(args, result).message}\nSomebody is at work on this state, or a machine went away in the middle of it; the lines above say who and since when. ` +
          "Wait for it and run the command again, or see docs/runbooks/state.md, A lock was left.",
      );
    }
    return result;
  }

  private failure(args: readonly string[], result: EngineResult): EngineError {
    return new EngineError(args, this.options.stack, result);
  }
}
