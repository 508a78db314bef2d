import { readdirSync } from "node:fs";
import { join } from "node:path";

let written: ReadonlySet<string> | undefined;

/** Files of `docs/runbooks/alerts`. */
export function writtenRunbooks(): ReadonlySet<string> {
  written ??= new Set(readdirSync(join(__dirname, "../../docs/runbooks/alerts")).filter((file) => file.endsWith(".md")));
  return written;
}
