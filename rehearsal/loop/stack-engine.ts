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

const plan = planArguments("rehearsal.tfplan");
const apply = applyArguments("rehearsal.tfplan");

/** The engine in a stack's folder. What it says is kept beside the folder, in `<folder>.log`. A step that fails throws EngineError. */
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
    return (await this.require(["show", "-json", "rehearsal.tfplan"])).stdout;
  }

  /** Plans. @returns what would happen to each resource that would not stay as it is */
  async plannedChanges(): Promise<readonly ResourceChange[]> {
    const { resource_changes = [] } = parsePlan(await this.planJson());
    return resource_changes.filter(({ change: { actions } }) => !["no-op", "read"].includes(actions.join()));
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
    return runEngine(args, { folder: this.folder, log, variables: this.variables });
  }

  private failure(args: readonly string[], result: EngineResult): EngineError {
    return new EngineError(args, { folder: this.folder }, result);
  }
}
