import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { providers } from "../../../constructs/shared/providers";
import type { EnvironmentName } from "../../../environments/environment";
import type { SynthesizedStack } from "../../../operations/stacks";
import type { Arguments, TerraformJson } from "../../../operations/terraform-json";

/** What a stack of the test has. */
export type Blocks = Pick<TerraformJson, "resource" | "output" | "data">;

/** Stacks of an environment; a cluster may read what the state layer puts out. */
export type Layers = Readonly<Partial<Record<"state" | "cluster", Blocks>>>;

/** Writes stacks of the given blocks and nothing else, with all providers, and the states of an environment in one bucket. */
export function synthesizeBlocks(environments: Readonly<Partial<Record<EnvironmentName, Layers>>>) {
  return (outdir: string): readonly SynthesizedStack[] =>
    Object.entries(environments).flatMap(([environment, layers]) =>
      (["state", "cluster"] as const).flatMap((layer) => {
        const blocks = layers[layer];
        return blocks === undefined ? [] : [written(outdir, environment as EnvironmentName, layer, blocks)];
      }),
    );
}

/** Reads the outputs of another stack. @returns the block of the data source, by the name `other` */
export function remoteState(stack: string): NonNullable<Blocks["data"]> {
  return { terraform_remote_state: { other: { backend: "s3", config: place(stack) } } };
}

function written(outdir: string, environment: EnvironmentName, layer: "state" | "cluster", blocks: Blocks): SynthesizedStack {
  const name = `${environment}-${layer}`;
  const folder = join(outdir, "stacks", name);
  mkdirSync(folder, { recursive: true });
  const required_providers = Object.fromEntries(Object.entries(providers).map(([local, { source }]) => [local, anyVersion(source)]));
  const json: TerraformJson = { terraform: { backend: { s3: { ...place(name), use_lockfile: true } }, required_providers }, ...blocks };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
  const resources = Object.values(blocks.resource ?? {}).reduce((count, named) => count + Object.keys(named).length, 0);
  const state = { in: "bucket", bucket: `${environment}-states`, key: `${name}.tfstate` } as const;
  return { name, environment, layer, folder, dependsOn: [], resources, state };
}

function anyVersion(source: string) {
  return { source, version: ">= 0.1" };
}

function place(stack: string): Arguments {
  const [environment = ""] = stack.split("-");
  return { bucket: `${environment}-states`, key: `${stack}.tfstate`, region: "eu-central-1" };
}
