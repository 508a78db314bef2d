import { spawn } from "node:child_process";
import { childVariables, engineBinary } from "../environments/variables";

export interface EngineOptions {
  /** Folder of the stack. */
  readonly folder: string;
  /** Changes to the environment variables; `undefined` takes one away. @default none */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** `show` writes the engine's output to this terminal as it comes, `hide` only collects it. @default show */
  readonly output?: "show" | "hide";
}

export interface EngineResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables by which a shell could steer the engine, or a provider, away from what was synthesized. */
const strayVariables = [
  "TF_WORKSPACE",
  "TF_DATA_DIR",
  "TF_CLI_ARGS",
  "KUBECONFIG",
  "KUBE_CONFIG_PATH",
  "KUBE_CONFIG_PATHS",
  "KUBE_CTX",
  "KUBE_HOST",
];

/**
 * Runs Terraform or OpenTofu in a stack's folder.
 * @throws EngineMissingError when it is not installed
 */
export function runEngine(args: readonly string[], options: EngineOptions): Promise<EngineResult> {
  const shown = (options.output ?? "show") === "show";
  const env = childVariables({
    ...Object.fromEntries(strayVariables.map((name) => [name, undefined])),
    TF_IN_AUTOMATION: "1", // no hints about commands that nobody here types
    TF_INPUT: "0",
    ...options.variables,
  });
  return new Promise((resolve, reject) => {
    const child = spawn(engineBinary(), [...args], { cwd: options.folder, env, stdio: ["inherit", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
        if (shown) process[name].write(text);
      });
    }
    child.on("error", (error: NodeJS.ErrnoException) => reject(error.code === "ENOENT" ? new EngineMissingError(engineBinary()) : error));
    child.on("close", (code, signal) => resolve({ exitCode: code ?? (signal ? 130 : 1), ...output }));
  });
}

/**
 * As {@link runEngine}, for steps that must succeed.
 * @throws EngineError with the engine's own words when it fails
 */
export async function requireEngine(args: readonly string[], options: EngineOptions): Promise<EngineResult> {
  const result = await runEngine(args, options);
  if (result.exitCode !== 0) throw new EngineError(args, options, result);
  return result;
}

/** The engine is not on this machine. */
export class EngineMissingError extends Error {
  override readonly name = "EngineMissingError";

  constructor(binary: string) {
    super(`${binary} was not found on the PATH. Install Terraform >= 1.11 or OpenTofu >= 1.10, and choose it by TERRAFORM_BINARY_NAME.`);
  }
}

/** The engine refused or failed. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  constructor(args: readonly string[], options: EngineOptions, result: EngineResult) {
    // What was shown as it came is not said twice.
    const words = options.output === "hide" ? `\n${result.stderr.trim() || result.stdout.trim()}` : "";
    super(`${engineBinary()} ${args.join(" ")} ended with ${result.exitCode} in ${options.folder}${words}`);
  }
}
