import type { CommandResult, CommandRunner } from "../../../operations/run-command";

/** A command that ended well. */
export function answered(stdout: string): CommandResult {
  return { outcome: "ended", exitCode: 0, stdout, stderr: "" };
}

/** A command that ended with 1. */
export function refused(stderr: string): CommandResult {
  return { outcome: "ended", exitCode: 1, stdout: "", stderr };
}

export const timedOut: CommandResult = { outcome: "timed-out", seconds: 10 };
export const missing: CommandResult = { outcome: "missing" };

/** A runner with prepared answers, by the beginning of the command line; what is not prepared fails the test. */
export function runner(answers: Readonly<Record<string, CommandResult>>): CommandRunner {
  return async (command, args) => {
    const line = [command, ...args].join(" ");
    const known = Object.keys(answers).find((beginning) => line.startsWith(beginning));
    const answer = known === undefined ? undefined : answers[known];
    if (answer === undefined) throw new Error(`unexpected command: ${line}`);
    return answer;
  };
}
