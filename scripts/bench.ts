import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { measureLoops } from "../bench/loops";
import { jsonRow, tableRow } from "../bench/presentation";
import { runRounds } from "../bench/rounds";
import { overBudget, rowsOf } from "../bench/rows";
import { ourScenarios, type Scenario } from "../bench/scenarios";
import { prepareStock } from "../bench/stock-layout";
import { runProgram } from "../operations/command-line";
import { runCommand } from "../operations/run-command";
import { renderTable } from "../operations/table";

interface Options {
  readonly runs: number;
  readonly stock?: true;
  readonly loops: boolean;
  readonly json?: true;
  readonly check?: true;
}

const explanation = `
Every run is a process of its own, with the flags of cdktf.json; nothing is cached but files by the operating system, and
what a first start has kept of the compiled modules (scripts/compile-cache.cjs).
CPU is user and system time of all threads of that process, peak memory its largest resident set, as the operating
system told them at its exit. The cdktf command around it is not in them. All scenarios run once in each round; the loops
after them once, by the clock.
CPU per resource, and what a doubling takes, are beyond a run of the same round that loads the code and composes nothing.
Budgets are this project's own; anchors were measured elsewhere. The fixed loop tells a slow machine from a slow program.

Exit codes: 0, 1 after an error, and with --check when the median of a figure is over its budget.`;

const project = join(__dirname, "..");

const tell = (text: string) => process.stderr.write(text);

const program = new Command("npm run bench --")
  .description("Measure what a synth, a rehearsal and the validity suite cost. Takes some minutes; figures of a busy machine are high.")
  .option("--runs <n>", "runs of each scenario", positive, 7)
  .option("--stock", "also the layout of `cdktf init`: ts-node, which npm fetches into a temporary folder, and a barrel import")
  .option("--no-loops", "without the rehearsal and the validity suite, which run once each and take minutes")
  .option("--json", "print JSON instead of a table")
  .option("--check", "exit with 1 when a budget is exceeded")
  .addHelpText("after", explanation)
  .action(async ({ runs, stock, loops, json, check }: Options) => {
    const folder = temporaryFolder();
    const scenarios = [...ourScenarios(project), ...(stock ? await stockScenario(join(folder, "stock")) : [])];
    const synths = rowsOf(await runRounds(scenarios, runs, join(folder, "out"), tell));
    const rows = [...synths, ...(loops ? await measureLoops(project, tell) : [])];
    if (json) console.log(JSON.stringify({ node: process.version, cpus: availableParallelism(), runs, rows: rows.map(jsonRow) }, null, 2));
    else console.log(renderTable(columns, rows.map(tableRow)));
    if (check && overBudget(rows)) process.exitCode = 1;
  });

const columns = [
  { head: "scenario" },
  { head: "figure" },
  { head: "median", align: "right" },
  { head: "min - max", align: "right" },
  { head: "limit", align: "right" },
  { head: "" },
] as const;

async function stockScenario(folder: string): Promise<readonly Scenario[]> {
  tell("fetching ts-node for the stock layout\n");
  const prepared = await prepareStock(project, folder, runCommand);
  if ("scenario" in prepared) return [prepared.scenario];
  tell(`stock layout skipped: ${prepared.skipped}\n`);
  return [];
}

/** A folder that is gone when this process is, also when it is stopped. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  return folder;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number, at least 1.");
  return value;
}

void runProgram(program);
