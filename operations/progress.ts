/** Tells a person what is going on. */
export interface Progress {
  /** Shows a step while it runs, and how it ended. */
  step<Result>(text: string, work: () => Promise<Result>, ended?: (result: Result) => string): Promise<Result>;
  /** Writes a line. */
  say(line: string): void;
}

/** A spinner on a terminal, plain lines elsewhere. */
export async function terminalProgress(): Promise<Progress> {
  if (!process.stdout.isTTY) return plainProgress((line) => console.log(line));
  const { default: yoctoSpinner } = await import("yocto-spinner");
  // The engine must end before this process does, so signals are not the spinner's business.
  return spinnerProgress((text) => yoctoSpinner({ text, stream: process.stdout, handleSignals: false }).start());
}

/** What is used of a spinner of yocto-spinner. */
interface Spinner {
  text: string;
  success(text: string): unknown;
  error(text: string): unknown;
}

function spinnerProgress(start: (text: string) => Spinner): Progress {
  return {
    async step(text, work, ended) {
      const spinner = start(text);
      const since = Date.now();
      const clock = setInterval(() => (spinner.text = `${text} (${Math.round((Date.now() - since) / 1000)} s)`), 1000);
      try {
        const result = await work();
        spinner.success(line(text, ended?.(result)));
        return result;
      } catch (error) {
        spinner.error(text);
        throw error;
      } finally {
        clearInterval(clock);
      }
    },
    say: (text) => console.log(text),
  };
}

/** A line when a step begins and one when it has ended. */
export function plainProgress(write: (line: string) => void): Progress {
  return {
    async step(text, work, ended) {
      write(`${text} ...`);
      try {
        const result = await work();
        write(line(text, ended?.(result) ?? "done"));
        return result;
      } catch (error) {
        write(line(text, "failed"));
        throw error;
      }
    },
    say: write,
  };
}

function line(text: string, ended: string | undefined): string {
  return ended === undefined ? text : `${text}: ${ended}`;
}
