import { spawn } from "node:child_process";
import { childVariables, givenVariables } from "../environments/variables";
import type { RehearsalReport } from "../rehearsal/loop/rehearse";
import { budget, type Limit, type Row, type Unit } from "./rows";
import { summarize } from "./statistics";

/** What is read of a rehearsal's report. */
export type RehearsalFigures = Pick<RehearsalReport, "seconds" | "megabytes">;

/**
 * Runs the long loops once each, as a person would: the rehearsal of all committed environments, and the validity suite.
 * @throws Error with their own words when one fails
 */
export async function measureLoops(project: string, tell: (text: string) => void): Promise<readonly Row[]> {
  tell("rehearsal:");
  const rehearsal = JSON.parse((await run(project, ["run", "-s", "rehearse", "--", "--json"])).stdout) as RehearsalFigures;
  tell(` ${rehearsal.seconds.toFixed(0)} s; validity suite:`);
  const { seconds } = await run(project, ["test", "--", "__tests__/validity"]);
  tell(` ${seconds.toFixed(0)} s\n`);
  return loopRows(rehearsal, seconds);
}

/** The figures of the loops. */
export function loopRows({ seconds, megabytes }: RehearsalFigures, validitySeconds: number): readonly Row[] {
  const row = (scenario: string, figure: string, unit: Unit, value: number, limit?: Limit): Row => ({
    scenario,
    figure,
    unit,
    ...summarize([value]),
    ...(limit && { limit }),
  });
  const rehearsal = "rehearsal, four environments";
  return [
    row(rehearsal, "wall clock", "s", seconds, budget(120)),
    row(rehearsal, "peak memory", "MB", megabytes.rehearsal + (megabytes.providers ?? 0), budget(400)),
    ...(megabytes.moto === undefined ? [] : [row(rehearsal, "peak memory of moto", "MB", megabytes.moto)]),
    row("validity suite", "wall clock", "s", validitySeconds, budget(60)),
  ];
}

/** Runs an npm command over the committed values. */
function run(folder: string, args: readonly string[]): Promise<{ readonly stdout: string; readonly seconds: number }> {
  const since = performance.now();
  const removed = Object.fromEntries(Object.keys(givenVariables()).map((name) => [name, undefined]));
  return new Promise((resolve, reject) => {
    const child = spawn("npm", [...args], { cwd: folder, env: childVariables(removed), stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (output[name] += text));
    }
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve({ stdout: output.stdout, seconds: (performance.now() - since) / 1000 });
      else reject(new Error(`npm ${args.join(" ")} ended with ${code}\n${output.stderr.trim()}`));
    });
  });
}
