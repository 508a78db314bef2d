import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { machineVariable } from "../../environments/variables";

const project = resolve(__dirname, "../..");

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the project's commands as a person would, without a terminal. */
export function runScript(name: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ended> {
  // Nothing of the machine's own settings.
  const PATH = machineVariable("PATH") ?? "";
  const HOME = machineVariable("HOME") ?? "";
  const child = spawn(process.execPath, ["--require", "./scripts/transpile.cjs", `scripts/${name}.ts`, ...args], {
    cwd: project,
    env: { PATH, HOME, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
    });
  }
  return new Promise((ended, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => ended({ exitCode, ...output }));
  });
}
