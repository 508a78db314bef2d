import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chartNames } from "../constructs/ledger/charts";
import { overrides } from "../environments/variables";
import packageJson from "../package.json";

const root = join(__dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** What `npm run lint` runs, or an editor. */
const parts = ["typecheck", "format"];
const commands = Object.keys(packageJson.scripts).filter((name) => !parts.includes(name));

describe("README", () => {
  it.each(commands)("tells of the command %s", (name) => {
    expect(readme).toMatch(new RegExp(`npm (run )?${name}\\b`));
  });

  it("names no script that does not exist", () => {
    const named = [...readme.matchAll(/npm run (?:-s )?([a-z][a-z:-]*)/g)].map(([, name]) => name);
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named));
  });

  it("lists every variable", () => {
    const suffixes = new Set(
      Object.values(overrides)
        .flat()
        .map(({ suffix }) => suffix),
    );
    for (const suffix of suffixes) expect(readme).toMatch(new RegExp(`(EVENKEEL_[A-Z<>]+|\\.\\.\\.)_${suffix}\``));
  });

  it("has a row for every chart that is installed", () => {
    const rows = readme.split("\n").filter((line) => line.startsWith("| ["));
    for (const chart of chartNames) expect([chart, rows.filter((row) => row.includes(`\`${chart}\``)).length]).toEqual([chart, 1]);
  });

  it("links to files that exist", () => {
    const links = [...readme.matchAll(/\]\(([a-z][^):#]*)(#[^)]*)?\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(4);
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });
});
