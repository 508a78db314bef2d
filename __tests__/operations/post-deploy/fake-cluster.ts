import { Kubectl } from "../../../operations/post-deploy/kubectl";
import type { CommandResult, CommandRunner } from "../../../operations/run-command";

/** What a cluster answers, by a part of the command line; what is not prepared fails the test. */
export function fakeCluster(answers: Readonly<Record<string, CommandResult | ((line: string) => CommandResult)>>) {
  const lines: string[] = [];
  const run: CommandRunner = async (_command, args) => {
    const line = args.join(" ");
    lines.push(line);
    const known = Object.keys(answers).find((part) => line.includes(part));
    const answer = known === undefined ? undefined : answers[known];
    if (answer === undefined) throw new Error(`unexpected command: kubectl ${line}`);
    return typeof answer === "function" ? answer(line) : answer;
  };
  return { kubectl: new Kubectl(run, ["--kubeconfig", "/private/kubeconfig"]), lines };
}

/** Rows as kubectl prints them. */
export function table(...rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.join("\t")}\n`).join("");
}
