import { rmSync } from "node:fs";
import { DeployEngine, type DeployEngineOptions } from "./deploy-engine";
import { unprotectedStack } from "./destroy-protection";
import type { Progress } from "./progress";

export interface DestroyLayerOptions extends DeployEngineOptions {
  readonly progress: Progress;
}

/**
 * Destroys everything in the state of a layer; somebody has agreed before.
 * @throws OperationError, EngineError
 */
export async function destroyLayer({ progress, ...options }: DestroyLayerOptions): Promise<void> {
  const stack = unprotectedStack(options.stack);
  try {
    await progress.step(`${stack.name}: destroying`, () => new DeployEngine({ ...options, stack }).destroy());
  } finally {
    rmSync(stack.folder, { recursive: true, force: true });
  }
}
