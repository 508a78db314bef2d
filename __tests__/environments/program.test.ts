import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childVariables, knownVariables } from "../../environments/variables";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "evenkeel-program-"));
const outdir = join(folder, "out");
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

/** Runs `main.ts` as cdktf does, with a values file and none of this machine's own variables. */
function run(values: string, variables: Readonly<Record<string, string>> = {}) {
  const file = join(folder, "values.json");
  writeFileSync(file, values);
  const none = Object.fromEntries(knownVariables().map((name) => [name, undefined]));
  const env = childVariables({ ...none, EVENKEEL_VALUES: file, CDKTF_OUTDIR: outdir, ...variables });
  const { command, args } = appOf(root);
  return spawnSync(command, args, { cwd: root, env, encoding: "utf8" });
}

/** The command of `cdktf.json`. */
function appOf(project: string): { command: string; args: readonly string[] } {
  const { app } = JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8")) as { readonly app: string };
  const [, ...args] = app.split(" ");
  return { command: process.execPath, args };
}

const broken = JSON.stringify({
  local: { kind: { hostPorts: { http: 80 } } },
  dev: { accountId: 1, ownr: "x" },
  staging: { network: null },
  prod: { deletionProtection: false },
});

test("fails when environments are broken: every problem on standard error, no stack trace, exit code 1, nothing written", () => {
  const { status, stdout, stderr } = run(broken);
  expect(stderr.trimEnd().split("\n")).toEqual([
    "5 problems in the configuration:",
    "  local.kind.hostPorts: http is 80, must be a whole number from 1024 to 65535 (port); choose one within that range",
    "  dev: accountId is 1, must be text; write it in quotes",
    '  dev: ownr is "x", must be a field that exists; did you mean owner?',
    "  staging: network is null, must be an object; write { ... }",
    "  prod: deletionProtection is false, must be true in prod; production is not deleted by a slip",
  ]);
  expect(stdout).toBe("");
  expect(status).toBe(1);
  expect(existsSync(outdir)).toBe(false);
});

test("fails without touching what an earlier synth has written", () => {
  mkdirSync(join(outdir, "stacks/dev-state"), { recursive: true });
  writeFileSync(join(outdir, "stacks/dev-state/cdk.tf.json"), "earlier");
  expect(run(broken).status).toBe(1);
  expect(readdirSync(outdir, { recursive: true })).toHaveLength(3);
  expect(readFileSync(join(outdir, "stacks/dev-state/cdk.tf.json"), "utf8")).toBe("earlier");
});

test("fails in one line when the values file is a folder", () => {
  const { status, stderr } = run("{}", { EVENKEEL_VALUES: folder });
  expect(stderr).toMatch(/^1 problem in the configuration:\n {2}environment variables: EVENKEEL_VALUES is .*; EISDIR: [^\n]*\n$/);
  expect(status).toBe(1);
});

test("a broken prod does not block the laptop, and empty variables count as absent", () => {
  const { status, stderr } = run('{"prod":{"zones":null}}', {
    EVENKEEL_ENVIRONMENTS: "local",
    EVENKEEL_LOCAL_HTTP_PORT: "",
    EVENKEEL_UNKNOWN: "",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(readdirSync(join(outdir, "stacks")).sort()).toEqual(
    ["apps", "cluster", "data", "platform", "state"].map((layer) => `local-${layer}`),
  );
});
