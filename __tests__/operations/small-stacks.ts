import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Layer } from "../../constructs/catalog";
import { awsNames } from "../../constructs/shared/naming";
import type { AwsEnvironment } from "../../environments/environment";
import type { LoadedEnvironments } from "../../environments/load";
import { onAws } from "../../environments/targets";
import type { SynthesizedStack } from "../../operations/stacks";
import type { TerraformJson } from "../../operations/terraform-json";

/** A layer with as little in it as a test needs. */
export interface SmallLayer extends Pick<TerraformJson, "resource" | "output"> {
  readonly layer: Layer;
  /** Layers whose outputs it reads. @default none */
  readonly reads?: readonly Layer[];
}

/** Writes small layers of an environment, as a synthesis writes those that ship: with their states in the environment's bucket. */
export function smallStacks(layers: readonly SmallLayer[]) {
  return (outdir: string, { environments }: Pick<LoadedEnvironments, "environments">): readonly SynthesizedStack[] =>
    onAws(environments).flatMap((environment) => layers.map((layer) => smallStack(outdir, environment, layer)));
}

/** How a small layer names an output of another one. */
export function outputOf(environment: string, layer: Layer, output: string): string {
  return `\${data.terraform_remote_state.cross-stack-reference-input-${environment}-${layer}.outputs.${output}}`;
}

function smallStack(
  outdir: string,
  environment: AwsEnvironment,
  { layer, reads = [], resource = {}, output }: SmallLayer,
): SynthesizedStack {
  const bucket = awsNames(environment).stateBucket;
  const nameOf = (other: Layer) => `${environment.name}-${other}`;
  const stateOf = (other: Layer) => ({ bucket, key: `${environment.name}/${other}.tfstate`, region: environment.region });
  const source = (provider: string) => ({ source: `registry.terraform.io/hashicorp/${provider}`, version: ">= 1.0" });
  const remotes = reads.map(
    (other) => [`cross-stack-reference-input-${nameOf(other)}`, { backend: "s3", config: stateOf(other) }] as const,
  );
  const json: TerraformJson = {
    terraform: {
      backend: { s3: { ...stateOf(layer), use_lockfile: true } },
      required_providers: { aws: source("aws"), kubernetes: source("kubernetes") },
    },
    ...(remotes.length > 0 ? { data: { terraform_remote_state: Object.fromEntries(remotes) } } : {}),
    resource,
    ...(output ? { output } : {}),
  };
  const folder = join(outdir, "stacks", nameOf(layer));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
  const { key } = stateOf(layer);
  return {
    name: nameOf(layer),
    environment: environment.name,
    layer,
    folder,
    dependsOn: reads.map(nameOf),
    resources: Object.values(resource).reduce((count, named) => count + Object.keys(named).length, 0),
    state: { in: "bucket", bucket, key },
  };
}
