import { OperationError } from "../../operations/operation-error";

/** Ctrl-C, a polite kill, and a terminal that was closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Whether somebody wants to stop. An engine that runs comes to its end first, releases its lock and is waited for;
 * what has not begun does not begin.
 */
export class Interruption {
  private signal: NodeJS.Signals | undefined;
  private readonly listener = (signal: NodeJS.Signals) => {
    this.signal ??= signal;
  };

  constructor() {
    for (const signal of signals) process.on(signal, this.listener);
  }

  /** @throws OperationError with exit code 130 when a signal has come */
  check(): void {
    if (this.signal) throw new OperationError(`stopped by ${this.signal}`, 130);
  }

  /** Gives the signals back. */
  close(): void {
    for (const signal of signals) process.off(signal, this.listener);
  }
}
