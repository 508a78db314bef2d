import { readFileSync, renameSync, rmSync } from "node:fs";
import { relative, resolve } from "node:path";
import { localPaths } from "../constructs/shared/local-paths";
import { DeployEngine, type DeployEngineOptions } from "./deploy-engine";
import { parseDeployedState, type DeployedState } from "./deploy-state";
import { unprotectedStack } from "./destroy-protection";
import { writeWhole } from "./local-folder";
import type { Progress } from "./progress";
import { readStateFile } from "./state-file";
import type { TerraformJson } from "./terraform-json";
import { readStackFiles } from "./release-files";
import type { SynthesizedStack } from "./stacks";

export interface DestroyStateLayerOptions extends DeployEngineOptions {
  readonly progress: Progress;
}

/** Where the state of that layer is while its bucket goes, on this machine. */
function stateFileOf({ environment, folder, layer }: SynthesizedStack) {
  const path = localPaths({ name: environment }).state(layer);
  return { path, file: resolve(folder, path) };
}

/** What a run that was killed in the middle of it has left; undefined when there is nothing. */
export function interruptedStateLayer(stack: SynthesizedStack): DeployedState | undefined {
  const { file } = stateFileOf(stack);
  return readStateFile(file) === undefined ? undefined : parseDeployedState(readFileSync(file, "utf8"));
}

/**
 * Destroys the bucket that has all states, its own among them: that one comes to this machine first, the way back of a bootstrap.
 * Killed at any point, the next run goes on from there.
 * @throws OperationError, EngineError
 */
export async function destroyStateLayer({ progress, ...options }: DestroyStateLayerOptions): Promise<void> {
  const { stack, files } = options;
  const { path, file } = stateFileOf(stack);
  const shown = relative(process.cwd(), file);
  const remote = await progress.step(`${stack.name}: taking its state to ${shown}`, () => new DeployEngine(options).state());
  if (remote !== undefined && remote.resources > 0) writeWhole(file, remote.text);
  const beside = unprotectedStack(stack, { terraform: { backend: { local: { path } } }, resource: emptied(stack.folder) });
  const engine = new DeployEngine({ ...options, stack: { ...beside, state: { in: "file", path: file } } });
  try {
    // Whether a bucket may go with what is in it is read from its state: an apply comes before the end.
    await progress.step(`${stack.name}: letting its buckets go with what is in them`, async () => {
      await engine.planned();
      await engine.apply();
    });
    await progress.step(`${stack.name}: destroying`, () => engine.destroy());
    renameSync(file, `${file}.${new Date().toISOString().replaceAll(":", "-")}`);
    rmSync(`${file}.backup`, { force: true }); // the engine's, one write older
  } finally {
    rmSync(files.planOf(stack.layer), { force: true }); // it holds secrets
    rmSync(beside.folder, { recursive: true, force: true });
  }
}

/** Lets every bucket of a stack be destroyed with what is in it. */
function emptied(folder: string): NonNullable<TerraformJson["resource"]> {
  const { resource = {} } = JSON.parse(readStackFiles(folder)["cdk.tf.json"] ?? "{}") as TerraformJson;
  const names = Object.keys(resource.aws_s3_bucket ?? {});
  return { aws_s3_bucket: Object.fromEntries(names.map((name) => [name, { force_destroy: true }])) };
}
