import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Layer } from "../constructs/catalog";
import type { EnvironmentName } from "../environments/environment";
import type { LoadedEnvironments } from "../environments/load";
import { synthesizedStacks } from "../operations/stacks";
import type { TerraformJson } from "../operations/terraform-json";
import { Parts, partsOf } from "./parts";
import { Place } from "./place";

/** The JSON of an environment's stacks, by their layer. */
export type StackJsons = Readonly<Partial<Record<Layer, TerraformJson>>>;

/** An environment as it is deployed: nothing but its JSON. */
export class EnvironmentJson {
  /** All resources. */
  readonly parts: Parts;

  constructor(
    readonly name: EnvironmentName,
    readonly stacks: StackJsons,
  ) {
    this.parts = new Parts(this.layers().flatMap(([layer, json]) => partsOf(this.stackName(layer), json)));
  }

  /** Resources below constructs, named with their layer: `data/Database`. */
  below(paths: readonly string[]): Parts {
    return this.parts.below(paths.map((path) => `${this.name}-${path}`));
  }

  /** Value of a published output. */
  output(name: string): Place {
    const found = this.layers().find(([, { output }]) => output?.[name] !== undefined);
    const [layer, json] = found ?? this.layers()[0] ?? [];
    if (layer === undefined) throw new Error(`environment ${this.name} has no stacks`);
    return new Place(this.stackName(layer), ["output"], json?.output).at(name, "value");
  }

  /** Names of the outputs that layers publish for people; those that cross to other stacks are cdktf's own. */
  outputNames(): readonly string[] {
    return this.layers().flatMap(([, { output = {} }]) => Object.keys(output).filter((name) => output[name]?.sensitive !== true));
  }

  /** A reference to another stack as that stack itself says it; anything else as it is. */
  resolved(value: unknown): unknown {
    const [, stack, output] =
      /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)\}$/.exec(String(value)) ?? [];
    if (stack === undefined || output === undefined) return value;
    const found = this.layers().find(([layer]) => this.stackName(layer) === stack);
    return found?.[1].output?.[output]?.value;
  }

  private layers(): readonly (readonly [Layer, TerraformJson])[] {
    return Object.entries(this.stacks) as readonly (readonly [Layer, TerraformJson])[];
  }

  private stackName(layer: Layer): string {
    return `${this.name}-${layer}`;
  }
}

/** Synthesizes environments into a folder that is gone afterwards, and reads back what was written. */
export function environmentJsons(loaded: LoadedEnvironments): readonly EnvironmentJson[] {
  const outdir = mkdtempSync(join(tmpdir(), "evenkeel-parity-"));
  try {
    const stacks = synthesizedStacks(loaded, outdir).map(({ environment, layer, folder }) => ({
      environment,
      layer,
      json: JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson,
    }));
    return loaded.environments.map(({ name }) => {
      const own = stacks.filter(({ environment }) => environment === name);
      return new EnvironmentJson(name, Object.fromEntries(own.map(({ layer, json }) => [layer, json])));
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
