import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../../environments/index";
import { runScript } from "../operations/command";

jest.setTimeout(300_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-parity-command-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Report {
  readonly green: boolean;
  readonly problems: readonly string[];
  readonly cells: readonly {
    readonly capability: string;
    readonly claims: readonly { readonly evidence: readonly { readonly path: string }[] }[];
  }[];
}

describe("npm run parity", () => {
  it("is green, and writes what proves it", async () => {
    const output = join(folder, "report");
    const { exitCode, stdout, stderr } = await runScript("parity", ["--output", output]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "synthesizing 4 environments ...\nsynthesizing 4 environments: done\n" });
    expect(stdout).toMatch(/│ database +│ TLS in transit +│ yes +│ yes +│ yes +│ yes +│/);
    expect(stdout).toMatch(/ guarantees hold, \d+ do not, \d+ do not apply; \d+ declared gaps, no problem\.\n$/);
    const report = JSON.parse(readFileSync(join(output, "parity.json"), "utf8")) as Report;
    expect(report).toMatchObject({ green: true, problems: [] });
    const page = readFileSync(join(output, "parity.md"), "utf8");
    const paths = report.cells.flatMap(({ claims }) => claims.flatMap(({ evidence }) => evidence.map(({ path }) => path)));
    expect(paths).toContainEqual(expect.stringMatching(/^prod-data: resource\.aws_db_instance\.\w+\.storage_encrypted$/));
    expect(paths.filter((path) => !page.includes(`\`${path}\``))).toEqual([]);
  });

  it("fails when prod is weaker than staging, and says so as JSON", async () => {
    const { exitCode, stdout, stderr } = await runScript("parity", ["--json", "--output", join(folder, "weaker")], {
      EVENKEEL_VALUES: weaker(),
    });

    expect(exitCode).toBe(1);
    const { green, problems } = JSON.parse(stdout) as Report;
    expect(green).toBe(false);
    expect(problems).toContainEqual(
      "prod: backup of objectStore: versionsKept is weaker than in staging: 1 days instead of 7 days; replaced and deleted objects can be had back",
    );
    expect(stderr).toContain(problems[0]);
    expect(stderr).not.toContain("    at ");
  });

  it("says what differs between two environments, in a few lines", async () => {
    const { exitCode, stdout } = await runScript("parity", ["diff", "staging", "prod"]);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/│ database +│ backup: kept +│ 7 days +│ 30 days +│/);
    expect(stdout).toMatch(/staging and prod differ in \d+ respects of \d capabilities\./);
    expect(stdout.split("\n").length).toBeLessThan(60);
  });

  it("fails when there is no such environment", async () => {
    const { exitCode, stdout, stderr } = await runScript("parity", ["diff", "staging", "prd"]);

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("did you mean prod?");
  });
});

/** A file of values that keeps versions in prod for a day. */
function weaker(): string {
  const file = join(folder, "values.json");
  const buckets = environments.prod.objectStore.buckets.map((bucket) => ({ ...bucket, keepVersionsDays: 1 }));
  writeFileSync(file, JSON.stringify({ prod: { objectStore: { buckets } } }));
  return file;
}
