import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Layer } from "../constructs/catalog";
import type { EnvironmentName } from "../environments/environment";
import type { LoadedEnvironments } from "../environments/load";
import { suggestion } from "../environments/suggestion";
import { outputFolder } from "../environments/variables";
import { OperationError } from "./operation-error";
import type { EnvironmentStacks } from "../stacks/environment-stacks";
import type { EndingSupport } from "../stacks/support";
import { synthesize } from "../stacks/synthesize";

/** A stack as it was written to disk. */
export interface SynthesizedStack {
  /** `<environment>-<layer>`. */
  readonly name: string;
  readonly environment: EnvironmentName;
  readonly layer: Layer;
  /** Absolute path of its folder. */
  readonly folder: string;
  /** Stacks that are deployed before it. */
  readonly dependsOn: readonly string[];
  readonly resources: number;
  readonly state: StackState;
}

/** Where a stack keeps its state. */
export type StackState =
  | { readonly in: "bucket"; readonly bucket: string; readonly key: string }
  | {
      readonly in: "file";
      /** Absolute path. */
      readonly path: string;
    };

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly dependencies: readonly string[]; readonly workingDirectory: string; readonly synthesizedStackPath: string }>
  >;
}

interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly terraform: {
    readonly backend: { readonly s3?: { readonly bucket: string; readonly key: string }; readonly local?: { readonly path: string } };
  };
}

/**
 * Synthesizes environments, and reads back what was written.
 * @param outdir folder to write to. @default the output folder
 */
export function synthesizedStacks(loaded: LoadedEnvironments, outdir = outputFolder()): readonly SynthesizedStack[] {
  return synthesized(loaded, outdir).stacks;
}

/** Synthesizes environments as {@link synthesizedStacks} does, and says what runs out of support. */
export function synthesized(
  loaded: LoadedEnvironments,
  outdir: string,
): { readonly stacks: readonly SynthesizedStack[]; readonly ending: readonly EndingSupport[] } {
  const environments = synthesize(loaded, { outdir });
  return { stacks: writtenStacks(outdir, environments), ending: environments.flatMap(({ ending }) => ending) };
}

/** Reads back what a synthesis wrote, in the order of deployment: what is shown is what will be deployed. */
function writtenStacks(outdir: string, composed: readonly EnvironmentStacks[]): readonly SynthesizedStack[] {
  const { stacks } = readJson(resolve(outdir, "manifest.json")) as Manifest;
  return composed
    .flatMap(({ environment, ordered }) => ordered.map(({ node, layer }) => ({ name: node.id, environment: environment.name, layer })))
    .map(({ name, ...place }) => {
      const entry = stacks[name];
      if (entry === undefined) throw new Error(`${outdir} has no stack ${name}, though it was just written`);
      const folder = resolve(outdir, entry.workingDirectory);
      const json = readJson(resolve(outdir, entry.synthesizedStackPath)) as StackJson;
      const resources = Object.values(json.resource ?? {}).reduce((count, ofType) => count + Object.keys(ofType).length, 0);
      return { name, ...place, folder, dependsOn: entry.dependencies, resources, state: stateOf(name, json, folder) };
    });
}

/**
 * Makes sure that layers are there.
 * @param stacks of one environment
 * @throws OperationError with every layer that the environment does not have
 */
export function requireLayers(stacks: readonly SynthesizedStack[], environment: string, layers: readonly string[]): void {
  const known: readonly string[] = stacks.map(({ layer }) => layer);
  const problems = layers
    .filter((layer) => !known.includes(layer))
    .map((layer) => {
      const fix = suggestion(layer, known) ?? "choose one of them";
      return `${environment}: layer is "${layer}", must be one of ${known.join(", ")}; ${fix}`;
    });
  if (problems.length > 0) throw new OperationError(problems.join("\n"));
}

/** How a state's place is shown. */
export function describeState(state: StackState): string {
  return state.in === "bucket" ? `s3://${state.bucket}/${state.key}` : relative(process.cwd(), state.path);
}

function stateOf(name: string, { terraform: { backend } }: StackJson, folder: string): StackState {
  if (backend.s3) return { in: "bucket", bucket: backend.s3.bucket, key: backend.s3.key };
  if (backend.local) return { in: "file", path: resolve(folder, backend.local.path) };
  throw new Error(`stack ${name} has no backend that this project makes; see the catalogs`);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
