import { AccountBuckets } from "./account-buckets";
import { Bootstrap, type BootstrapOptions } from "./bootstrap";
import { BootstrapFiles } from "./bootstrap-files";

/**
 * Bootstraps an environment unless that was done, and done wholly.
 * @throws ConfigurationError, OperationError, EngineError as {@link Bootstrap} does
 */
export async function bootstrapWhereNeeded(options: BootstrapOptions): Promise<void> {
  const { environment, stack, progress } = options;
  const { state } = stack;
  if (state.in !== "bucket") throw new Error(`stack ${stack.name} keeps its state in a file; only AWS is bootstrapped`);
  const files = new BootstrapFiles(environment, stack.folder);
  const buckets = new AccountBuckets(environment);
  const done = await progress
    .step(
      `looking for s3://${state.bucket}/${state.key}`,
      async () => (await buckets.exists(state.bucket)) && (await buckets.holds(state.bucket, state.key)),
      (found) => (found ? "there" : "not there"),
    )
    .finally(() => buckets.close());
  if (!done || files.begun || files.read() !== undefined) await new Bootstrap(options).run();
}
