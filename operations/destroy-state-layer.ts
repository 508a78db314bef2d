import { renameSync, rmSync } from "node:fs";
import { relative, resolve } from "node:path";
import { localPaths } from "../constructs/shared/local-paths";
import { DeployEngine, type DeployEngineOptions } from "./deploy-engine";
import { unprotectedStack } from "./destroy-protection";
import { writeWhole } from "./local-folder";
import type { Progress } from "./progress";
import { readStateFile } from "./state-file";
import type { TerraformJson } from "./terraform-json";
import { readStackFiles } from "./release-files";

export interface DestroyStateLayerOptions extends DeployEngineOptions {
  readonly progress: Progress;
}

/**
 * Destroys the bucket that has all states, its own among them: that one comes to this machine first, the way back of a bootstrap.
 * Killed at any point, the next run goes on from there.
 * @throws OperationError, EngineError
 */
export async function destroyStateLayer({ progress, ...options }: DestroyStateLayerOptions): Promise<void> {
  const { stack, files } = options;
  const path = localPaths({ name: stack.environment }).state(stack.layer);
  const file = resolve(stack.folder, path);
  const shown = relative(process.cwd(), file);
  const remote = await progress.step(`${stack.name}: taking its state to ${shown}`, () => new DeployEngine(options).state());
  if (remote !== undefined && remote.resources > 0) writeWhole(file, remote.text);
  if ((readStateFile(file)?.resources ?? []).length === 0) {
    progress.say(`${stack.name}: nothing is there`);
    return;
  }
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
