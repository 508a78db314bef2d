import { spawn } from "node:child_process";
import { childVariables } from "../environments/variables";

/** How a command ended. */
export type CommandResult =
  | { readonly outcome: "ended"; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** It is not on the PATH, or may not be run. */
  | { readonly outcome: "missing" }
  /** It did not end within the time; it was killed. */
  | { readonly outcome: "timed-out"; readonly seconds: number };

/** Runs a command with arguments, without a shell. Never rejects. */
export type CommandRunner = (command: string, args: readonly string[], options?: CommandOptions) => Promise<CommandResult>;

export interface CommandOptions {
  /** Longest time, in seconds. @default 10 */
  readonly seconds?: number;
  /** Folder that it runs in. @default this process's */
  readonly folder?: string;
  /** Changes of its variables; `undefined` takes one away. @default none */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** Most output that is kept, in characters: `docker info` has some thousand. */
const longestOutput = 1_000_000;

/** The runner of this machine. */
export const runCommand: CommandRunner = (command, args, { seconds = 10, folder, variables } = {}) =>
  new Promise((resolve) => {
    // A pager would wait for a key, and an engine that is asked for its version asks the network for a newer one.
    const env = childVariables({ AWS_PAGER: "", CHECKPOINT_DISABLE: "1", ...variables });
    const child = spawn(command, [...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] = (output[name] + text).slice(0, longestOutput);
      });
    }
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      // A grandchild may keep the pipes open: do not wait for them.
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      resolve({ outcome: "timed-out", seconds });
    }, seconds * 1000);
    child.on("error", () => {
      clearTimeout(timer);
      resolve({ outcome: "missing" });
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ outcome: "ended", exitCode: code ?? 1, ...output });
    });
  });
