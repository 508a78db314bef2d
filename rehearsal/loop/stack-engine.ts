import { appendFileSync } from "node:fs";
import {
  applyArguments,
  destroyArguments,
  EngineError,
  initArguments,
  planArguments,
  runEngine,
  type EngineResult,
} from "../../operations/engine";
import { parsePlan, type ResourceChange } from "../../operations/plan-changes";
import type { Interruption } from "./interruption";
import { storedResources, type KeyedResource } from "./stored-resources";

/** Name of the file that a plan is saved in. */
export const savedPlan = "rehearsal.tfplan";

const plan = planArguments(savedPlan);
const apply = applyArguments(savedPlan);

/**
 * The engine in a stack's folder. What it says to people is kept beside the folder, in `<folder>.log`; what it prints for programs holds
 * secrets, and is not. A step that fails throws EngineError.
 */
export class StackEngine {
  constructor(
    readonly folder: string,
    private readonly variables: NodeJS.ProcessEnv,
    private readonly interruption: Interruption,
  ) {}

  async init(): Promise<void> {
    await this.require(initArguments);
  }

  async validate(): Promise<void> {
    await this.require(["validate", "-no-color"]);
  }

  async plan(): Promise<void> {
    await this.require(plan);
  }

  /** Plans. @returns the plan, as JSON */
  async planJson(): Promise<string> {
    await this.plan();
    return this.lastPlanJson();
  }

  /** The last plan, as JSON. */
  async lastPlanJson(): Promise<string> {
    return (await this.require(["show", "-json", savedPlan])).stdout;
  }

  /** Plans. @returns what would happen to each resource that would not stay as it is */
  async plannedChanges(): Promise<readonly ResourceChange[]> {
    return changesIn(await this.planJson());
  }

  /** Applies the last plan. */
  async apply(): Promise<void> {
    await this.require(apply);
  }

  /** Plans. @returns what would change; undefined when nothing would */
  async changes(): Promise<string | undefined> {
    const result = await this.run([...plan, "-detailed-exitcode"]);
    if (result.exitCode === 0) return undefined;
    if (result.exitCode !== 2) throw this.failure(plan, result);
    return result.stdout;
  }

  async destroy(): Promise<void> {
    await this.require(destroyArguments);
  }

  /** Tries to destroy what must not be. @returns how the engine refused; undefined when it did not */
  async refusal(): Promise<string | undefined> {
    const result = await this.run(destroyArguments);
    if (result.exitCode === 0) return undefined;
    if (!result.stderr.includes("Instance cannot be destroyed")) throw this.failure(destroyArguments, result);
    return result.stderr;
  }

  /** The state, as it is stored. */
  async state(): Promise<string> {
    return (await this.require(["state", "pull"])).stdout;
  }

  /** The resources in the state. */
  async stored(): Promise<readonly KeyedResource[]> {
    return storedResources(await this.state());
  }

  private async require(args: readonly string[]): Promise<EngineResult> {
    const result = await this.run(args);
    if (result.exitCode !== 0) throw this.failure(args, result);
    return result;
  }

  /** @throws OperationError when somebody wants to stop */
  private run(args: readonly string[]): Promise<EngineResult> {
    this.interruption.check();
    const log = (text: string) => appendFileSync(`${this.folder}.log`, text, { mode: 0o600 });
    log(`\n# ${args[0]}\n`);
    const quiet = args[0] === "show" || args[0] === "state";
    return runEngine(args, { folder: this.folder, variables: this.variables, ...(quiet ? {} : { log }) });
  }

  private failure(args: readonly string[], result: EngineResult): EngineError {
    return new EngineError(args, { folder: this.folder }, result);
  }
}

/** What a plan says of each resource that would not stay as it is. @param json the plan */
export function changesIn(json: string): readonly ResourceChange[] {
  const { resource_changes = [] } = parsePlan(json);
  return resource_changes.filter(({ change: { actions } }) => !["no-op", "read"].includes(actions.join()));
}
