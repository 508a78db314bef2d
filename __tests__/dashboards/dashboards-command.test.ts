import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "../operations/command";

jest.setTimeout(60_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-dashboards-command-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("npm run dashboards", () => {
  it("writes the dashboards, finds what is not current, and removes what is of no dashboard any more", async () => {
    const written = await runScript("dashboards", ["--output", folder]);
    const names = readdirSync(folder);
    expect(names).toContain("workloads.json");
    expect(written).toEqual({ exitCode: 0, stdout: expect.any(String), stderr: "" });
    expect(written.stdout.trim().split("\n").sort()).toEqual(names.map((name) => join(folder, name)).sort());

    appendFileSync(join(folder, "workloads.json"), " ");
    writeFileSync(join(folder, "gone.json"), "{}");
    const stale = ["workloads.json", "gone.json"].map((name) => join(folder, name));
    expect(await runScript("dashboards", ["--check", "--output", folder])).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: stale.map((path) => `${path} is not current; run \`npm run dashboards\`\n`).join(""),
    });

    expect((await runScript("dashboards", ["--output", folder])).stdout).toBe(stale.map((path) => `${path}\n`).join(""));
    expect(readdirSync(folder)).toEqual(names);
  });
});
