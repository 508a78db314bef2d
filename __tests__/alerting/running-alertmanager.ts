import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** An alert as Prometheus sends it. */
export interface FiredAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** When it is over. @default not yet */
  readonly endsAt?: string;
}

/** Alertmanager itself, on a port of the loopback that was free, without any others. */
export class RunningAlertmanager {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  /**
   * @param folder for what it keeps
   * @throws Error with what it said when it ends before it listens
   */
  static async start(configurationFile: string, folder: string): Promise<RunningAlertmanager> {
    const child = spawn(
      "prometheus-alertmanager",
      [
        `--config.file=${configurationFile}`,
        `--storage.path=${folder}`,
        "--web.listen-address=127.0.0.1:0",
        "--web.external-url=http://localhost:9093",
        "--cluster.listen-address=",
      ],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    const said: string[] = [];
    const address = await new Promise<string>((listens, fails) => {
      createInterface(child.stderr).on("line", (line) => {
        said.push(line);
        const found = /msg="Listening on" address=(\S+)/.exec(line)?.[1];
        if (found !== undefined) listens(found);
      });
      child.once("error", fails);
      child.once("close", () => fails(new Error(`Alertmanager ended before it listened:\n${said.join("\n")}`)));
    });
    return new RunningAlertmanager(child, `http://${address}`);
  }

  async fire(...alerts: readonly FiredAlert[]): Promise<void> {
    const body = JSON.stringify(alerts);
    const response = await fetch(`${this.url}/api/v2/alerts`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (!response.ok) throw new Error(`Alertmanager says ${response.status}: ${await response.text()}`);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.kill();
    await ended;
  }
}
