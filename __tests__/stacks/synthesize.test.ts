import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { childVariables, knownVariables } from "../../environments/variables";
import { filesBelow, synthesizedEnvironments } from "./synthesized-environments";

const root = resolve(__dirname, "../..");

describe("what is synthesized", () => {
  const { files } = synthesizedEnvironments();

  it("is a manifest, one file for each stack, and the charts of this project", () => {
    const charts = /^stacks\/\w+-(platform|data|apps)\/assets\/\w+\/[0-9A-F]{32}\//;
    expect(Object.keys(files).filter((path) => !charts.test(path))).toHaveLength(21);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["manifest.json", "stacks/dev-state/cdk.tf.json"]));
  });

  it.each([
    ["an unresolved token", /TfToken\[|Token\[|#\{/],
    ["a value that is no JSON", /\[object |undefined|NaN/],
    ["a path of this machine", new RegExp(`${escaped(root)}|${escaped(tmpdir())}/`)],
    ["a stack trace", /stackTrace|\.js:\d+/],
  ])("holds nowhere %s", (_, shape) => {
    const found = Object.entries(files).flatMap(([path, text]) =>
      [...text.matchAll(new RegExp(shape, "g"))].map(([match]) => `${path}: ${match}`),
    );
    expect(found).toEqual([]);
  });

  it("ends within what a reviewer reads: at most 300 resources in a stack", () => {
    for (const [path, text] of Object.entries(files)) expect([path, (text.match(/"uniqueId"/g) ?? []).length <= 300]).toEqual([path, true]);
  });
});

describe("synthesizing twice", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-twice-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("writes the same bytes, whatever the working directory, time zone and locale", () => {
    const here = synthesizedBy("here", root, { TZ: "UTC", LANG: "C", LC_ALL: "C" });
    const elsewhere = synthesizedBy("elsewhere", folder, { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" });

    expect(Object.keys(here).length).toBeGreaterThan(12);
    expect(Object.keys(elsewhere)).toEqual(Object.keys(here));
    // Names first: a difference of whole files would be unreadable.
    expect(Object.keys(here).filter((path) => here[path] !== elsewhere[path])).toEqual([]);
  });

  function synthesizedBy(name: string, cwd: string, variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const outdir = join(folder, name);
    const withoutOurs = Object.fromEntries(knownVariables().map((variable) => [variable, undefined]));
    execFileSync(process.execPath, ["--require", join(root, "scripts/transpile.cjs"), join(root, "main.ts")], {
      cwd,
      env: childVariables({ ...withoutOurs, ...variables, CDKTF_OUTDIR: outdir }),
      stdio: "pipe",
    });
    return filesBelow(outdir);
  }
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
