import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { StackFiles } from "./release";
import type { SynthesizedStack } from "./stacks";

/** What cdktf writes for a stack; whatever else is in its folder is the engine's. */
const written = { configuration: "cdk.tf.json", assets: "assets" } as const;

/** The files of a stack that ship: its configuration, and what that names, e.g. our own chart. */
export function readStackFiles(folder: string): StackFiles {
  const assets = join(folder, written.assets);
  const entries = existsSync(assets) ? readdirSync(assets, { recursive: true, withFileTypes: true }) : [];
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
  return Object.fromEntries([written.configuration, ...paths.sort()].map((path) => [path, textOf(join(folder, path))]));
}

/** What is no text would not come back as it was. */
function textOf(path: string): string {
  const bytes = readFileSync(path);
  const text = bytes.toString();
  if (!Buffer.from(text).equals(bytes)) throw new Error(`${path} is not text; releases keep no other files`);
  return text;
}

/** SHA-256 of files, with their names. */
export function digestOf(files: StackFiles): string {
  const hash = createHash("sha256");
  for (const path of Object.keys(files).sort()) hash.update(`\0${path}\0${files[path]}`);
  return hash.digest("hex");
}

/**
 * Writes a stack with other files, as deep below the project as the one that was synthesized: the paths in it lead to the same places.
 * The synthesized one stays as it is.
 * @param kind what it is there for, the name of a folder
 */
export function stackBeside(stack: SynthesizedStack, kind: string, files: StackFiles): SynthesizedStack {
  const folder = join(dirname(dirname(stack.folder)), kind, stack.name);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { ...stack, folder };
}
