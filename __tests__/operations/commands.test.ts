import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { knownVariables } from "../../environments/variables";
import { runScript } from "./command";

jest.setTimeout(120_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-commands-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const outdir = () => ({ CDKTF_OUTDIR: join(folder, "cdktf.out") });

describe.each(["synth", "plan", "up", "deploy", "rollback", "destroy", "doctor", "rehearse", "parity", "checkov"])("npm run %s", (name) => {
  it("explains itself, and refuses what it does not know", async () => {
    const help = await runScript(name, ["--help"]);
    expect(help).toMatchObject({ exitCode: 0, stderr: "" });
    expect(help.stdout).toMatch(new RegExp(`^Usage: npm run ${name} -- `));

    const odd = await runScript(name, ["--colour"]);
    expect(odd.exitCode).toBe(1);
    expect(odd.stderr).toContain("unknown option '--colour'");
    expect(odd.stderr).not.toContain("    at ");
  });
});

describe.each(["synth", "plan", "deploy", "rollback", "destroy", "doctor", "rehearse", "checkov"])("npm run %s", (name) => {
  it("fails when there is no such environment, and suggests one", async () => {
    const { exitCode, stdout, stderr } = await runScript(name, ["stagign"], outdir());

    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toBe(
      "1 problem in the configuration:\n" +
        '  command line: environment is "stagign", must be one of local, dev, staging, prod; did you mean staging?\n',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("npm run synth", () => {
  it("shows the stacks of the chosen environments, says on stderr what is a placeholder, and keeps them when the next one is refused", async () => {
    const { exitCode, stdout, stderr } = await runScript("synth", ["dev"], { ...outdir(), EVENKEEL_ENVIRONMENTS: "prod" });

    expect(exitCode).toBe(0);
    const cells = stdout
      .split("\n")
      .filter((line) => line.includes("dev-"))
      .map((line) => line.split("│").map((cell) => cell.trim()));
    expect(cells.map((row) => [row[1], row[3], row[4]])).toEqual([
      ["dev-state", "s3://ml-platform-dev-state-000000000001/dev/state.tfstate", ""],
      ["dev-cluster", "s3://ml-platform-dev-state-000000000001/dev/cluster.tfstate", "dev-state"],
      ["dev-platform", "s3://ml-platform-dev-state-000000000001/dev/platform.tfstate", "dev-cluster"],
      ["dev-data", "s3://ml-platform-dev-state-000000000001/dev/data.tfstate", "dev-platform, dev-cluster"],
      ["dev-apps", "s3://ml-platform-dev-state-000000000001/dev/apps.tfstate", "dev-data, dev-cluster, dev-platform"],
    ]);
    expect(stdout).not.toContain("prod-");
    const counts = cells.map((row) => Number(row[2]));
    const written = cells.map((row) => resourcesIn(join(outdir().CDKTF_OUTDIR, "stacks", `${row[1]}`, "cdk.tf.json")));
    expect(counts).toEqual(written);
    const sum = counts.reduce((one, other) => one + other);
    expect(stdout).toMatch(new RegExp(`^5 stacks with ${sum} resources in .*cdktf\\.out, [\\d.]+ s$`, "m"));
    expect(stderr).toContain("dev: accountId is 000000000001");

    const files = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const content = () => files().map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), "utf8")]);
    const before = content();

    const wrong = { EVENKEEL_DEV_ACCOUNT_ID: "12", EVENKEEL_DEV_VPC_CIDR: "10.0.0.0/8", EVENKEEL_DEV_REGIN: "x" };
    const refused = await runScript("synth", ["dev"], { ...outdir(), ...wrong });

    expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^3 problems in the configuration:/);
    expect(refused.stderr).toContain("did you mean EVENKEEL_DEV_REGION?");
    expect(refused.stderr).not.toContain("    at ");
    expect(content()).toEqual(before);
    expect(before.length).toBeGreaterThan(3);
  });

  it("prints the same as JSON", async () => {
    const { exitCode, stdout } = await runScript("synth", ["local", "dev", "--json"], outdir());

    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as {
      stacks: { stack: string; resources: number; state: string; dependsOn: string[] }[];
      resources: number;
    };
    expect(report).toMatchObject({
      outdir: outdir().CDKTF_OUTDIR,
      placeholders: expect.arrayContaining([expect.objectContaining({ field: "accountId" })]),
    });
    expect(report.stacks.map(({ stack }) => stack)).toEqual([
      "local-cluster",
      "local-state",
      "local-platform",
      "local-data",
      "local-apps",
      "dev-state",
      "dev-cluster",
      "dev-platform",
      "dev-data",
      "dev-apps",
    ]);
    expect(report.stacks[1]).toMatchObject({
      state: expect.stringMatching(/\.state\/local\/state\.tfstate$/),
      dependsOn: ["local-cluster"],
    });
    expect(report.stacks[2]).toMatchObject({ state: "s3://ml-platform-local-state/local/platform.tfstate" });
    expect(report.resources).toBe(report.stacks.reduce((sum, { resources }) => sum + resources, 0));
  });

  it("loads neither the AWS SDK nor what other commands need", async () => {
    const modules = await runScript("synth", ["local"], { ...outdir(), NODE_DEBUG: "module" });

    const loaded = modules.stderr.split("\n").filter((line) => /MODULE \d+: load /.test(line));
    expect(loaded.some((line) => line.includes("cli-table3"))).toBe(true);
    expect(loaded.filter((line) => /@aws-sdk|yocto-spinner|operations\/(up|doctor|engine)/.test(line))).toEqual([]);
  });
});

function resourcesIn(file: string): number {
  const { resource } = JSON.parse(readFileSync(file, "utf8")) as { resource: Record<string, object> };
  return Object.values(resource).reduce((count, ofType) => count + Object.keys(ofType).length, 0);
}

it("tells in the help of synth which variables there are", async () => {
  const { stdout } = await runScript("synth", ["--help"]);
  for (const name of knownVariables().filter((variable) => !/_(STAGING|PROD)_/.test(variable))) expect(stdout).toContain(`  ${name} `);
});
