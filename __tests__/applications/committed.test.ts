import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { checkApplications } from "../../applications/check";
import { applications } from "../../applications/index";
import { environments } from "../../environments/index";
import { loadEnvironments } from "../../environments/load";

test("the committed applications have no problem in any environment", () => {
  expect(checkApplications(applications, Object.values(environments))).toEqual({ applications, problems: [] });
});

test("every selection of environments runs all of them", () => {
  expect(loadEnvironments({ variables: {}, names: ["local"] }).applications).toEqual(applications);
});

test("data and its check load nothing of cdktf", () => {
  const root = resolve(__dirname, "../..");
  const script =
    'require("./applications/check.ts"); require("./applications/index.ts"); console.log(JSON.stringify(Object.keys(require.cache)))';
  const output = execFileSync(process.execPath, ["--require", "./scripts/transpile.cjs", "--eval", script], {
    cwd: root,
    encoding: "utf8",
  });
  const loaded = JSON.parse(output) as readonly string[];
  expect(loaded).toContain(resolve(root, "applications/rules/route-rules.ts"));
  expect(loaded.filter((file) => /node_modules\/(@?cdktf|constructs)\//.test(file))).toEqual([]);
});
