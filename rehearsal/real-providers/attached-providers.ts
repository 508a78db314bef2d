import { spawn, type ChildProcess } from "node:child_process";
import { childVariables } from "../../environments/variables";
import { executableOf, type InstalledProviders } from "./installed-providers";

/**
 * Running providers that engines attach to, the way their authors debug them. An engine of its own would hash 700 MB of
 * the AWS provider at each `init`, and again and start it at each `validate`: 5 seconds for each stack instead of 2.
 */
export class AttachedProviders {
  private constructor(
    /** Value of `TF_REATTACH_PROVIDERS`. */
    readonly reattach: string,
    private readonly processes: readonly ChildProcess[],
  ) {}

  /**
   * Starts every installed provider.
   * @param variables all of their environment variables: they do not see those of the engines. @default this machine's
   */
  static async start(installed: InstalledProviders, variables = childVariables()): Promise<AttachedProviders> {
    const started = Object.values(installed.required).map((provider) => serve(executableOf(installed, provider), variables));
    const processes = started.map(({ child }) => child);
    try {
      const addresses = await Promise.all(started.map(({ address }) => address));
      return new AttachedProviders(JSON.stringify(Object.assign({}, ...addresses)), processes);
    } catch (error) {
      await end(processes);
      throw error;
    }
  }

  /** Ends the providers, and returns when they are gone. */
  stop(): Promise<void> {
    return end(this.processes);
  }
}

interface Started {
  readonly child: ChildProcess;
  /** What an engine has to know to attach, by the provider's source. */
  readonly address: Promise<object>;
}

function serve(executable: string, env: NodeJS.ProcessEnv): Started {
  const child = spawn(executable, ["-debug"], { env, stdio: ["ignore", "pipe", "ignore"] });
  const address = new Promise<object>((resolve, reject) => {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const [, reattach] = /TF_REATTACH_PROVIDERS='(\{.*\})'/.exec(said) ?? [];
      if (reattach !== undefined) resolve(JSON.parse(reattach) as object);
    });
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`${executable} ended with ${code} before an engine could attach to it\n${said}`)));
  });
  return { child, address };
}

async function end(processes: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    processes
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      .map((child) => new Promise((resolve) => child.once("close", resolve) && child.kill("SIGINT"))),
  );
}
