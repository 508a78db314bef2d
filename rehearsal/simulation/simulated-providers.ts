import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { childVariables } from "../../environments/variables";
import type { Message, Questions } from "./messages";

/** An answer of the process, which comes later. */
type Answer<Name extends keyof Questions> = Promise<Awaited<ReturnType<Questions[Name]>>>;

/** The simulated providers, in a process of their own that ends with this one. */
export class SimulatedProviders {
  private readonly waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  private readonly holding: (() => void)[] = [];
  private asked = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on("message", (message: Message) => this.receive(message));
    child.on("exit", (code, signal) => this.fail(new Error(`the simulated providers ended with ${code ?? signal}`)));
    child.on("error", (error) => this.fail(error));
  }

  /** Starts the process; it serves nothing yet. */
  static start(): SimulatedProviders {
    const project = join(__dirname, "../..");
    return new SimulatedProviders(
      fork(join(__dirname, "program.ts"), {
        cwd: project,
        execArgv: ["--max-semi-space-size=2", "--require", join(project, "scripts/transpile.cjs")],
        env: childVariables({ NODE_OPTIONS: undefined }),
      }),
    );
  }

  /** Asks the process. @throws Error when it could not do it, or has ended */
  ask<Name extends keyof Questions>(name: Name, ...[argument]: Parameters<Questions[Name]>): Answer<Name> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      this.child.send({ id, name, argument }, (error) => error && reject(error));
    });
  }

  /** Waits until a fault holds an apply. */
  held(): Promise<void> {
    return new Promise((resolve) => this.holding.push(resolve));
  }

  /** Ends the process, and returns when it is gone. */
  stop(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.disconnect();
    });
  }

  private receive(message: Message): void {
    if ("held" in message) {
      for (const resolve of this.holding.splice(0)) resolve();
      return;
    }
    const asker = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if ("error" in message) asker?.reject(new Error(message.error));
    else asker?.resolve(message.answer);
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
