import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "../operations/command";

jest.setTimeout(120_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-diagram-command-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("npm run diagram", () => {
  it("writes the diagrams of the chosen environments, and then finds what is not current", async () => {
    const files = ["dev.mmd", "dev.svg"].map((name) => join(folder, name));

    const written = await runScript("diagram", ["dev", "--output", folder]);
    expect(written).toEqual({ exitCode: 0, stdout: files.map((file) => `${file}\n`).join(""), stderr: "" });
    expect(readdirSync(folder)).toEqual(["dev.mmd", "dev.svg"]);

    appendFileSync(join(folder, "dev.svg"), " ");
    // Values from outside are not drawn: dev.mmd is current wherever somebody checks it.
    const outside = { EVENKEEL_DEV_DOMAIN: "dev.other.example.com" };
    const checked = await runScript("diagram", ["dev", "--check", "--output", folder], outside);
    expect(checked).toEqual({ exitCode: 1, stdout: "", stderr: `${files[1]} is not current; run \`npm run diagram -- dev\`\n` });
  });

  it("is nothing that a synth loads", () => {
    const script = 'require("./stacks/synthesize"); console.log(Object.keys(require.cache).join("\\n"));';
    const loaded = execFileSync(process.execPath, ["--require", "./scripts/transpile.cjs", "--eval", script], { encoding: "utf8" });

    expect(loaded).toContain(join("stacks", "environment-stacks.ts"));
    expect(loaded).not.toMatch(/viz-js|[\\/]diagram[\\/]diagram/);
  });
});
