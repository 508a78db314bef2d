import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Folder of this run of jest; `jest.config.js` names it. */
declare const keptSyntheses: string;

/** Files that a synthesis wrote, by their paths; the first test of a run that asks for it makes it, and all others read what it made. */
export function keptSynthesis(name: string, synthesize: () => Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const file = join(keptSyntheses, `${name.replace(/\W+/g, "-")}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, string>>;
  const files = synthesize();
  mkdirSync(keptSyntheses, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(files));
  renameSync(`${file}.${process.pid}`, file); // another worker reads all of it, or nothing
  return files;
}
