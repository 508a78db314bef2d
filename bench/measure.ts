import { spawn } from "node:child_process";
import { join } from "node:path";
import { Readable } from "node:stream";
import { childVariables, givenVariables } from "../environments/variables";

/** A Node program to measure. */
export interface Program {
  /** Folder that it runs in. */
  readonly folder: string;
  /** Flags of node, the file, its arguments. */
  readonly args: readonly string[];
  /** Changes to the environment variables. @default none */
  readonly variables?: Readonly<Record<string, string>>;
}

/** What one run of a program has used. */
export interface Sample {
  /** User and system time of all threads of the process. */
  readonly cpuSeconds: number;
  /** Largest resident set of the process, in 1,000,000 bytes. */
  readonly peakMegabytes: number;
  /** Files that `require` has loaded. */
  readonly files: number;
}

/** Preloaded; reports on file descriptor 3. */
const usage = join(__dirname, "usage.cjs");

/** What of this shell would change the figures: values from outside, and flags or caches of node. */
const stray = ["NODE_OPTIONS", "NODE_COMPILE_CACHE", "NODE_V8_COVERAGE"];

/**
 * Runs a program once, in a process of its own, and takes from the operating system what the process had used at its exit.
 * Processes that it starts are not counted; a synth starts none.
 * @throws Error with the program's own words when it fails
 */
export function measure({ folder, args, variables }: Program): Promise<Sample> {
  const removed = Object.fromEntries([...stray, ...Object.keys(givenVariables())].map((name) => [name, undefined]));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--require", usage, ...args], {
      cwd: folder,
      env: childVariables({ ...removed, ...variables }),
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    const errors = collect(child.stderr);
    const report = collect(child.stdio[3]);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(JSON.parse(report.text) as Sample);
      else reject(new Error(`node ${args.join(" ")} ended with ${code ?? signal} in ${folder}\n${errors.text.trim()}`));
    });
  });
}

function collect(stream: unknown): { readonly text: string } {
  const collected = { text: "" };
  if (stream instanceof Readable) stream.setEncoding("utf8").on("data", (text: string) => (collected.text += text));
  return collected;
}
