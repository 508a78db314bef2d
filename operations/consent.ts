import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { OperationError } from "./operation-error";

/** Asks a person before something is created or lost. @throws OperationError when the answer is no, or nobody is there to ask */
export type Consent = (what: string) => Promise<void>;

export interface ConsentOptions {
  /** The answer was given on the command line. */
  readonly yes: boolean;
  /** What has to be typed. @default yes */
  readonly answer?: string;
  /** How the answer is given on the command line. @default --yes */
  readonly option?: string;
  /** What to run where nobody is there to ask. */
  readonly command: string;
  readonly say: (line: string) => void;
  /** Who is asked. @default the terminal of this process; nobody, where it has none */
  readonly asked?: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream };
}

/**
 * Lets a person decide before something is created or lost.
 * @throws OperationError when the answer is no, or when nobody is there to ask
 */
export async function askConsent(what: string, options: ConsentOptions): Promise<void> {
  const { yes, command, say, asked = ownTerminal(), answer: wanted = "yes", option = "--yes" } = options;
  if (yes) {
    say(`${what}\nAnswered by ${option}.`);
    return;
  }
  if (asked === undefined) {
    throw new OperationError(`${what}\nNothing was changed. Run \`${command}\` when that is what you want.`);
  }
  say(what);
  const terminal = createInterface(asked);
  try {
    // Ctrl-C rejects, Ctrl-D only closes: both are a no.
    const closed = once(terminal, "close").then(() => "");
    const answer = await Promise.race([terminal.question(`Go on? Only \`${wanted}\` does: `), closed]).catch(() => "");
    if (answer.trim() !== wanted) throw new OperationError("Nothing was changed.");
  } finally {
    terminal.close();
  }
}

function ownTerminal(): ConsentOptions["asked"] {
  return process.stdin.isTTY && process.stdout.isTTY ? { input: process.stdin, output: process.stdout } : undefined;
}
