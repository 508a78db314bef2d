import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { overrides } from "../environments/variables";
import packageJson from "../package.json";

const root = join(__dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

describe("README", () => {
  it.each(["synth", "plan", "up", "bootstrap", "doctor", "bench", "rehearse", "schemas", "lint", "test"])(
    "tells of the command %s, which exists",
    (name) => {
      expect(readme).toMatch(new RegExp(`npm (run )?${name}\\b`));
      expect(Object.keys(packageJson.scripts)).toContain(name);
    },
  );

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

  it("links to files that exist", () => {
    const links = [...readme.matchAll(/\]\(([a-z][^):]*)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(4);
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });
});
