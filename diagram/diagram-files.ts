import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagram } from "./diagram";
import { mermaid } from "./mermaid";
import { svg } from "./svg";

/** Where the diagrams of the committed environments are, from the project's folder. */
export const diagramFolder = "docs/architecture";

/** A file with a diagram. */
export interface DiagramFile {
  /** Name in the folder of the diagrams. */
  readonly name: string;
  readonly environment: string;
  readonly content: string;
}

/** A diagram as the files that are committed. */
export async function diagramFiles(diagrams: readonly Diagram[]): Promise<readonly DiagramFile[]> {
  const files = diagrams.map(async (diagram): Promise<readonly DiagramFile[]> => {
    const { environment } = diagram;
    return [
      { name: `${environment}.mmd`, environment, content: mermaid(diagram) },
      { name: `${environment}.svg`, environment, content: await svg(diagram) },
    ];
  });
  return (await Promise.all(files)).flat();
}

/** What is wrong with the files of a folder, and the command that mends it; empty when they are current. */
export function outdated(files: readonly DiagramFile[], folder: string): readonly string[] {
  return files
    .map(({ content, environment, name }) => ({ content, environment, path: join(folder, name) }))
    .filter(({ content, path }) => !existsSync(path) || readFileSync(path, "utf8") !== content)
    .map(({ environment, path }) => `${path} is not current; run \`npm run diagram -- ${environment}\``);
}

/** Writes the files. Returns the paths of those that were not current. */
export function writeDiagrams(files: readonly DiagramFile[], folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return files.flatMap((file) => {
    if (outdated([file], folder).length === 0) return [];
    const path = join(folder, file.name);
    writeFileSync(path, file.content);
    return [path];
  });
}
