import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Folder of the project, which the paths of seeds start from. */
const projectFolder = join(__dirname, "../..");

/** Largest seed in bytes. It travels in a ConfigMap, which takes 1 MiB with its names and its script (Kubernetes documentation, ConfigMaps). */
const largestSeed = 1_000_000;

/**
 * What is wrong with a file of SQL, worded to follow "must be"; undefined when it can be run.
 * @param path from the project's folder
 */
export function seedFileLimit(path: string): string | undefined {
  try {
    const file = statSync(join(projectFolder, path));
    if (!file.isFile()) return "a file, not a folder";
    if (file.size > largestSeed) return `a file of at most ${largestSeed} bytes, not ${file.size}: a ConfigMap takes no more`;
    return textLimit(readFileSync(join(projectFolder, path)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return "a file that exists";
    if (code === undefined) throw error;
    return `a file that can be read, which is refused with ${code}`;
  }
}

/**
 * The SQL of a file that {@link seedFileLimit} finds nothing wrong with.
 * @param path from the project's folder
 */
export function readSeedFile(path: string): string {
  return readFileSync(join(projectFolder, path), "utf8").replace(/^\uFEFF/, "");
}

function textLimit(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return "a file in UTF-8";
  if (bytes.includes(0)) return "a file without the character NUL, which no SQL has";
  if (bytes.toString("utf8").trim() === "") return "a file with SQL in it"; // a byte order mark counts as a space there
  return undefined;
}
