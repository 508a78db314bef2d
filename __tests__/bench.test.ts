import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure } from "../bench/measure";
import { loopRows } from "../bench/loops";
import { tableRow } from "../bench/presentation";
import { readWritten, type Measured } from "../bench/rounds";
import { overBudget, rowsOf, verdict, type Row } from "../bench/rows";
import {
  allEnvironments,
  calibration,
  growthCounts,
  growthScenario,
  nodeFlags,
  ourBucket,
  ourScenarios,
  stockBucket,
} from "../bench/scenarios";
import { summarize } from "../bench/statistics";
import { prepareStock } from "../bench/stock-layout";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-bench-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("summarize", () => {
  test.each([
    { values: [3], expected: { median: 3, min: 3, max: 3 } },
    { values: [10, 9, 2], expected: { median: 9, min: 2, max: 10 } }, // by number, not by text
    { values: [4, 1, 3, 100], expected: { median: 3.5, min: 1, max: 100 } },
  ])("$values", ({ values, expected }) => {
    expect(summarize(values)).toEqual(expected);
  });

  test("fails when there is nothing", () => {
    expect(() => summarize([])).toThrow("no values to summarize");
  });
});

describe("scenarios", () => {
  test("run with the flags of the real command", () => {
    expect(nodeFlags('{"app": "node --a=1 --require ./x.cjs main.ts"}')).toEqual(["--a=1", "--require", "./x.cjs"]);
  });

  test.each(["npx ts-node main.ts", "node --a=1 other.ts", "node"])("fails when the command is %s", (app) => {
    expect(() => nodeFlags(JSON.stringify({ app }))).toThrow(`cdktf.json: app is ${app}, must be node <flags> main.ts`);
  });

  test("have names of their own", () => {
    const names = ourScenarios(join(__dirname, "..")).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain(stockBucket);
  });
});

describe("rows", () => {
  test("cost of a resource is what lies beyond loading, compared round by round", () => {
    // 1 s and 2 s beyond loading, for 1000 resources; the second round ran on a slower machine.
    const rows = rowsOf(results({ [growthScenario(0)]: { cpu: [0.5, 2] }, [growthScenario(10)]: { cpu: [1.5, 4], resources: 1000 } }));
    expect(rows).toContainEqual({
      scenario: "10 environments, 1000 resources",
      figure: "CPU per resource",
      unit: "ms",
      median: 1.5,
      min: 1,
      max: 2,
      limit: { value: 0.8, kind: "budget" },
    });
  });

  test("doubling compares what lies beyond loading, too", () => {
    const rows = rowsOf(
      results({ [growthScenario(0)]: { cpu: [1, 1] }, [growthScenario(20)]: { cpu: [3, 3] }, [growthScenario(40)]: { cpu: [6, 7] } }),
    );
    expect(named(rows, "40 / 20 environments", "CPU")).toMatchObject({ median: 2.75, min: 2.5, max: 3, limit: { value: 2.2 } });
    expect(growthCounts).toEqual([10, 20, 40]);
  });

  test("budgets of all environments together", () => {
    const rows = rowsOf(results({ [allEnvironments]: { cpu: [3.1, 3.3, 9], memory: [221, 219, 1], files: [1150, 1151, 1151] } }));
    expect(named(rows, allEnvironments, "CPU")).toMatchObject({ median: 3.3, limit: { value: 3.2, kind: "budget" } });
    expect(named(rows, allEnvironments, "peak memory")).toMatchObject({ median: 219, limit: { value: 220, kind: "budget" } });
    expect(named(rows, allEnvironments, "files loaded")).toMatchObject({ median: 1151, limit: { value: 1150, kind: "budget" } });
  });

  test("stock layout stands beside ours only when it was measured", () => {
    const ours = { [ourBucket]: { cpu: [0.5, 1], memory: [100, 100] }, [allEnvironments]: { cpu: [2, 2], memory: [150, 150] } };
    expect(rowsOf(results(ours)).filter(({ scenario }) => scenario.includes("stock"))).toEqual([]);

    const rows = rowsOf(results({ ...ours, [stockBucket]: { cpu: [10, 10], memory: [1500, 1500] } }));
    expect(named(rows, `${stockBucket} / ${ourBucket}`, "CPU")).toMatchObject({ median: 15, min: 10, max: 20, unit: "times" });
    expect(named(rows, `${stockBucket} / ${allEnvironments}`, "peak memory")).toMatchObject({ median: 10 });
  });

  test("fails when a scenario was not measured", () => {
    const incomplete = new Map([...results({})].filter(([name]) => name !== calibration));
    expect(() => rowsOf(incomplete)).toThrow("fixed loop was not measured");
  });
});

describe("loops", () => {
  test("have budgets of time, and of memory for both of our processes", () => {
    const rows = loopRows({ seconds: 121, megabytes: { rehearsal: 250, providers: 150, moto: 80 } }, 59);
    expect(named(rows, "rehearsal, four environments", "wall clock")).toMatchObject({ median: 121, limit: { value: 120, kind: "budget" } });
    expect(named(rows, "rehearsal, four environments", "peak memory")).toMatchObject({ median: 400, limit: { value: 400 } });
    expect(named(rows, "rehearsal, four environments", "peak memory of moto")).toMatchObject({ median: 80 });
    expect(named(rows, "validity suite", "wall clock")).toMatchObject({ median: 59, limit: { value: 60, kind: "budget" } });
    expect(rows.filter((row) => verdict(row) === "over")).toHaveLength(1);
  });
});

describe("budget decision", () => {
  const row: Row = { scenario: "all", figure: "CPU", unit: "s", median: 2, min: 1, max: 3, limit: { value: 2, kind: "budget" } };

  test.each([
    { median: 1.99, expected: "within" },
    { median: 2, expected: "within" },
    { median: 2.01, expected: "over" },
  ])("median $median is $expected", ({ median, expected }) => {
    expect(verdict({ ...row, median })).toBe(expected);
    expect(overBudget([row, { ...row, median }])).toBe(expected === "over");
  });

  test("anchor is no budget, and a figure without limit has no verdict", () => {
    expect(overBudget([{ ...row, median: 9, limit: { value: 2, kind: "anchor" } }])).toBe(false);
    expect(verdict({ scenario: "all", figure: "resources", unit: "count", median: 9, min: 9, max: 9 })).toBe("no limit");
  });

  test.each([
    { given: row, cells: ["all", "CPU", "2.00 s", "1.00 s - 3.00 s", "2.00 s", "within"] },
    {
      given: { ...row, unit: "MB", median: 250.4, limit: { value: 220, kind: "anchor" } } as const,
      cells: ["all", "CPU", "250 MB", "1 MB - 3 MB", "220 MB (anchor)", "over"],
    },
    {
      given: { scenario: "all", figure: "resources", unit: "count", median: 9, min: 9, max: 9 } as const,
      cells: ["all", "resources", "9", "", "", ""],
    },
  ])("table shows $cells", ({ given, cells }) => {
    expect(tableRow(given)).toEqual(cells);
  });
});

describe("measure", () => {
  const program = (code: string) => ({ folder, args: ["--eval", code] });

  test("memory is that of the program, not of the process that starts it", async () => {
    // GIVEN this process is larger than node with nothing to do
    const ballast = Buffer.alloc(100_000_000, 1);
    // WHEN
    const { peakMegabytes, cpuSeconds, files } = await measure(program("require('node:fs')"));
    // THEN
    expect(peakMegabytes).toBeLessThan(ballast.length / 1e6);
    expect(peakMegabytes).toBeGreaterThan(20);
    expect(cpuSeconds).toBeGreaterThan(0);
    expect(files).toBe(0);
  });

  test("values and flags of the shell stay outside", async () => {
    const project = join(__dirname, "..");
    const inner = "process.exit(process.env.NODE_OPTIONS || process.env.EVENKEEL_LOCAL_HTTP_PORT || !process.env.GIVEN ? 1 : 0)";
    const given = { folder, args: ["--eval", inner], variables: { GIVEN: "yes" } };
    // The shell is a program that measures another one, and that ends with 1 when the other one does.
    const shell = `require("./bench/measure").measure(${JSON.stringify(given)})`;
    const variables = { NODE_OPTIONS: "--no-deprecation", EVENKEEL_LOCAL_HTTP_PORT: "1" };
    const args = ["--require", "./scripts/transpile.cjs", "--eval", shell];
    // measure() takes the stray ones of this process away, and then sets the given ones.
    await expect(measure({ folder: project, args, variables })).resolves.toMatchObject({ cpuSeconds: expect.any(Number) });
  });

  test("fails when the program fails, with its words", async () => {
    await expect(measure(program("console.error('no luck'); process.exitCode = 3"))).rejects.toThrow(/ended with 3 in .*\nno luck$/);
  });
});

test("written stacks are counted", () => {
  const outdir = join(folder, "out");
  const stacks = { one: '{"resource":{"a":{"x":{},"y":{}},"b":{"x":{}}},"data":{"c":{"z":{}}}}', two: '{"output":{"é":{}}}' };
  for (const [name, json] of Object.entries(stacks)) {
    mkdirSync(join(outdir, "stacks", name), { recursive: true });
    writeFileSync(join(outdir, "stacks", name, "cdk.tf.json"), json);
  }
  expect(readWritten(outdir)).toEqual({ resources: 3, bytes: Buffer.byteLength(stacks.one + stacks.two) });
  expect(readWritten(join(folder, "nothing"))).toEqual({ resources: 0, bytes: 0 });
});

test.each([
  {
    result: {
      outcome: "ended",
      exitCode: 1,
      stdout: "",
      stderr: "npm warn x\nnpm error code ENOTFOUND\nnpm error A complete log of this run",
    },
    skipped: "npm install ts-node@10.9.2 ended with 1: npm error code ENOTFOUND",
  },
  { result: { outcome: "missing" }, skipped: "npm install ts-node@10.9.2: missing" },
] as const)("stock layout is skipped when npm has $result.outcome", async ({ result, skipped }) => {
  await expect(prepareStock(folder, join(folder, "stock"), () => Promise.resolve(result))).resolves.toEqual({ skipped });
});

interface Given {
  readonly cpu?: readonly number[];
  readonly memory?: readonly number[];
  readonly files?: readonly number[];
  readonly resources?: number;
}

/** Results of every scenario of ours, 1 of each figure in two rounds where the test gives none. */
function results(given: Readonly<Record<string, Given>>): ReadonlyMap<string, Measured> {
  const names = [...ourScenarios(join(__dirname, "..")).map(({ name }) => name), ...Object.keys(given)];
  return new Map(
    names.map((name) => {
      const { cpu = [1, 1], memory = [], files = [], resources = 1 } = given[name] ?? {};
      const samples = cpu.map((cpuSeconds, index) => ({ cpuSeconds, peakMegabytes: memory[index] ?? 1, files: files[index] ?? 1 }));
      return [name, { samples, written: { resources, bytes: 1 } }];
    }),
  );
}

function named(rows: readonly Row[], scenario: string, figure: string): Row | undefined {
  return rows.find((row) => row.scenario === scenario && row.figure === figure);
}
