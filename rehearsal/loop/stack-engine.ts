import { appendFileSync } from "node:fs";
import { EngineError, runEngine, type EngineResult } from "../../operations/engine";
import type { Interruption } from "./interruption";

/** The engine in a stack's folder. What it says is kept beside the folder, in `<folder>.log`. */
export class StackEngine {
  constructor(
    readonly folder: string,
    private readonly variables: NodeJS.ProcessEnv,
    private readonly interruption: Interruption,
  ) {}

  /** @throws OperationError when somebody wants to stop */
  run(args: readonly string[]): Promise<EngineResult> {
    this.interruption.check();
    const log = (text: string) => appendFileSync(`${this.folder}.log`, text, { mode: 0o600 });
    log(`\n# ${args[0]}\n`);
    return runEngine(args, { folder: this.folder, log, variables: this.variables });
  }

  /** @throws EngineError when it does not end with 0 */
  async require(args: readonly string[]): Promise<EngineResult> {
    const result = await this.run(args);
    if (result.exitCode !== 0) throw this.failure(args, result);
    return result;
  }

  /** What a run that failed is told as. */
  failure(args: readonly string[], result: EngineResult): EngineError {
    return new EngineError(args, { folder: this.folder }, result);
  }
}
