import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { childVariables, engineBinary, machineVariables } from "../environments/variables";
import { OperationError } from "./operation-error";

export interface EngineOptions {
  /** Folder of the stack. */
  readonly folder: string;
  /** Gets the engine's output as it comes. @default nobody */
  readonly log?: (text: string) => void;
  /**
   * All of the engine's environment variables, but for those that keep it from asking anybody.
   * @default this machine's, without those that would steer it elsewhere
   */
  readonly variables?: NodeJS.ProcessEnv;
  /**
   * File that gets the engine's output, instead of this process. An engine whose reader is killed dies in the middle of a change; one
   * that writes to a file comes to its end, puts its state in order and gives the lock back. @default the output comes to this process
   */
  readonly outputFile?: string;
}

/** Without `-reconfigure` a backend that has moved would stop it; the synthesized one is the truth, nothing is migrated here. */
export const initArguments = ["init", "-input=false", "-no-color", "-reconfigure"] as const;

/** Writes a plan to a file. It holds secrets. */
export function planArguments(file: string): readonly string[] {
  return ["plan", "-input=false", "-no-color", `-out=${file}`];
}

/** Applies what a plan says, and nothing else. */
export function applyArguments(file: string): readonly string[] {
  return ["apply", "-input=false", "-no-color", file];
}

/** Destroys everything in the state, and asks nobody. */
export const destroyArguments = ["destroy", "-input=false", "-no-color", "-auto-approve"] as const;

/** How a run of the engine ended, and what it said. */
export interface EngineResult {
  readonly exitCode: number;
  /** What killed it, e.g. `SIGKILL` when memory ran out. */
  readonly signal?: NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables by which a shell could steer the engine, or a provider, away from what was synthesized; `undefined` takes each away. */
export function withoutStrayVariables(): Readonly<Record<string, undefined>> {
  const stray = /^(TF_WORKSPACE|TF_DATA_DIR|TF_CLI_ARGS.*|KUBECONFIG|KUBE_.*)$/;
  return Object.fromEntries(machineVariables(stray).map((name) => [name, undefined]));
}

/**
 * Runs Terraform or OpenTofu in a stack's folder. A signal does not end this process before the engine has put its state in order.
 * @throws EngineMissingError when it is not installed
 * @throws OperationError with exit code 130 when a signal came meanwhile
 */
export function runEngine(args: readonly string[], options: EngineOptions): Promise<EngineResult> {
  const env = {
    ...(options.variables ?? childVariables(withoutStrayVariables())),
    TF_IN_AUTOMATION: "1", // no hints about commands that nobody here types
    TF_INPUT: "0",
  };
  return new Promise((resolve, reject) => {
    const file = options.outputFile === undefined ? undefined : openOutput(options.outputFile);
    const stream = file?.descriptor ?? "pipe";
    const child = spawn(engineBinary(), [...args], { cwd: options.folder, env, stdio: ["inherit", stream, stream] });
    if (file) closeSync(file.descriptor);
    const signalled = holdSignals(child);
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
        options.log?.(text);
      });
    }
    child.on("error", (error: NodeJS.ErrnoException) => {
      signalled();
      // Both a missing program and a missing folder end here.
      if (!existsSync(options.folder))
        reject(new OperationError(`${options.folder} has vanished, most likely by another synth. Run the command again.`));
      else reject(error.code === "ENOENT" ? new EngineMissingError(engineBinary()) : error);
    });
    child.on("close", (code, signal) => {
      const received = signalled();
      if (file) Object.assign(output, file.read());
      if (received) reject(new OperationError(`stopped by ${received}. Run the command again: it goes on from here.`, 130));
      else resolve({ exitCode: code ?? 1, ...(signal ? { signal } : {}), ...output });
    });
  });
}

/** Opens a file for the output of an engine; what was in it stays. */
function openOutput(path: string) {
  const descriptor = openSync(path, "a", 0o600);
  const { size } = statSync(path);
  return {
    descriptor,
    /** What came since. Warnings and errors are the end of it. */
    read() {
      const stdout = readFileSync(path).subarray(size).toString();
      const start = stdout.search(/^Error: /m);
      return { stdout, stderr: start < 0 ? "" : stdout.slice(start) };
    },
  };
}

/**
 * Ignores signals while the engine runs: without its reader it would die in the middle of a change, before it has
 * written its state. Returns a function that ends this and tells which signal came.
 */
function holdSignals(child: ChildProcess): () => NodeJS.Signals | undefined {
  let received: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals) => {
    if (received === undefined) console.error(`${signal}: waiting for ${engineBinary()} to put its state in order`);
    received = signal;
    // A terminal sends SIGINT to the engine as well, and twice means "at once"; SIGTERM comes to us alone.
    if (signal === "SIGTERM") child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, hold);
  return () => {
    for (const signal of signals) process.off(signal, hold);
    return received;
  };
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
export class EngineMissingError extends OperationError {
  override readonly name = "EngineMissingError";

  constructor(binary: string) {
    super(`${binary} was not found on the PATH. Install Terraform >= 1.11 or OpenTofu >= 1.10, and choose it by TERRAFORM_BINARY_NAME.`);
  }
}

/** The engine refused or failed. */
export class EngineError extends OperationError {
  override readonly name = "EngineError";

  constructor(args: readonly string[], options: EngineOptions, result: EngineResult) {
    const words = result.stderr.trim() || result.stdout.trim();
    super(
      `${engineBinary()} ${args.join(" ")} ${result.signal ? `was killed by ${result.signal}` : `ended with ${result.exitCode}`} in ${options.folder}\n${words}`,
    );
  }
}
