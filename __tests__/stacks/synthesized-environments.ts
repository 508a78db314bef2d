import { App } from "cdktf";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironments, type LoadedEnvironments } from "../../environments/load";
import { synthesize } from "../../stacks/synthesize";
import type { TerraformJson } from "../../operations/terraform-json";
import { keptSynthesis } from "../kept-syntheses";
import { SynthesizedStack } from "../synthesized";

/** What one synthesis of whole environments wrote. */
export interface SynthesizedEnvironments {
  /** Every file by its path below the output folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Names of the stacks that each stack is deployed after. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly stacks: Readonly<Record<string, SynthesizedStack>>;
  /** The stack with a name; fails when there is none. */
  stack(name: string): SynthesizedStack;
}

/**
 * Synthesizes environments as `main.ts` does, in one app, so that references between stacks are real.
 * @param loaded the committed ones where it is left out
 * @param keptAs name under which other files of tests find what was written. @default every call synthesizes anew
 */
export function synthesizedEnvironments(loaded?: LoadedEnvironments, keptAs?: string): SynthesizedEnvironments {
  const files = () => written((outdir) => synthesize(loaded ?? loadEnvironments({ variables: {} }), { outdir }));
  const name = loaded ? keptAs : "committed";
  return readSynthesized(name === undefined ? files() : keptSynthesis(name, files));
}

/** Synthesizes an app of the test's own stacks. */
export function synthesizedApp(build: (app: App) => void): SynthesizedEnvironments {
  const files = written((outdir) => {
    const app = new App({ outdir, stackTraces: false });
    build(app);
    app.synth();
  });
  return readSynthesized(files);
}

function written(write: (outdir: string) => void): Readonly<Record<string, string>> {
  const outdir = mkdtempSync(join(tmpdir(), "evenkeel-"));
  try {
    write(outdir);
    return filesBelow(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function readSynthesized(files: Readonly<Record<string, string>>): SynthesizedEnvironments {
  const { stacks: manifest } = JSON.parse(files["manifest.json"] ?? "{}") as {
    stacks: Record<string, { dependencies: readonly string[]; synthesizedStackPath: string }>;
  };
  const stacks = Object.fromEntries(
    Object.entries(manifest).map(([name, { synthesizedStackPath }]) => [
      name,
      new SynthesizedStack(JSON.parse(files[synthesizedStackPath] ?? "") as TerraformJson),
    ]),
  );
  return {
    files,
    dependencies: Object.fromEntries(Object.entries(manifest).map(([name, { dependencies }]) => [name, dependencies])),
    stacks,
    stack: (name) => {
      const found = stacks[name];
      if (found === undefined) throw new Error(`no stack ${name}; there are ${Object.keys(stacks).join(", ")}`);
      return found;
    },
  };
}

/** Text of every file below a folder, by its path from there. */
export function filesBelow(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    paths
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}
