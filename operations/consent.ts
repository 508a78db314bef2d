import { createInterface } from "node:readline/promises";
import { OperationError } from "./operation-error";

export interface ConsentOptions {
  /** The answer was given on the command line. */
  readonly yes: boolean;
  /** What to run where nobody is there to ask. */
  readonly command: string;
  readonly say: (line: string) => void;
}

/**
 * Lets a person decide before something is created or lost.
 * @throws OperationError when the answer is no, or when nobody is there to ask
 */
export async function askConsent(what: string, { yes, command, say }: ConsentOptions): Promise<void> {
  if (yes) {
    say(`${what}\nAnswered by --yes.`);
    return;
  }
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new OperationError(`${what}\nNothing was changed. Run \`${command}\` when that is what you want.`);
  }
  say(what);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question("Go on? Only `yes` does: ");
    if (answer.trim() !== "yes") throw new OperationError("Nothing was changed.");
  } finally {
    terminal.close();
  }
}
