import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { charts } from "../../constructs/ledger/charts";
import { runScript } from "./command";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-chart-keys-"));
const to = join(folder, "keys.json");
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a chart as `helm pull --untar` leaves it. */
function chart(path: string, version: string, values: string, more = ""): void {
  const file = join(folder, path, "Chart.yaml");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `name: ${path.split("/").at(-1)}\nversion: ${version}\n${more}`);
  writeFileSync(join(dirname(file), "values.yaml"), values);
}

const run = (from: string) => runScript("chart-keys", ["--from", join(folder, from), "--to", to]);
const keys = () => JSON.parse(readFileSync(to, "utf8")) as Readonly<Record<string, unknown>>;

describe("npm run chart-keys", () => {
  it("writes what a chart and its dependencies take, and leaves other charts alone", async () => {
    writeFileSync(to, '{"keda":{"kept":0},"metrics-server":{"gone":0}}');
    chart(
      "one/metrics-server",
      charts["metrics-server"].version,
      "replicas: 1\nargs: []\nempty:\nlabels: {}\nfile.ini:\n  mode: x\n",
      dependencies,
    );
    chart("one/metrics-server/charts/inner", "1.0.0", "a: 1\nopen: {}\n");
    chart("one/beside", "2.0.0", "b: 1\n");
    chart("one/other", "9.9.9", "c: 1\n");

    expect(await run("one")).toMatchObject({ exitCode: 0, stderr: "", stdout: `1 of 2 charts written to ${to}\n` });
    expect(keys()).toEqual({
      keda: { kept: 0 },
      "metrics-server": {
        replicas: 0,
        args: {},
        empty: {},
        labels: {},
        "file.ini": { mode: 0 },
        inner: { a: 0, open: {} },
        renamed: { b: 0 },
      },
    });
  });

  it("fails when a chart is of another version than the ledger's, and writes nothing", async () => {
    const before = readFileSync(to, "utf8");
    chart("stale/keda", "1.0.0", "a: 1\n");
    const { exitCode, stderr } = await run("stale");
    expect(exitCode).toBe(1);
    expect(stderr).toBe(`Keys of another version would let wrong values pass:\n  keda is 1.0.0, the ledger has ${charts.keda.version}\n`);
    expect(readFileSync(to, "utf8")).toBe(before);
  });

  it("fails when the folder has no chart of the ledger", async () => {
    chart("none/strange", "1.0.0", "a: 1\n");
    expect(await run("none")).toMatchObject({ exitCode: 1, stderr: `${join(folder, "none")} holds no chart of the ledger\n` });
  });
});

const dependencies = `dependencies:
  - { name: inner, version: 1.0.0 }
  - { name: beside, version: 2.0.0, alias: renamed }
  - { name: other, version: 1.0.0 }
`;
