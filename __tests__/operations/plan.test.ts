import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseStacks, madeBefore, neededFirst, planExitCode, planRows, type PlanOutcome } from "../../operations/plan";
import { devStack } from "./dev-stack";
import { FakeMachine } from "./fake-machine";

jest.setTimeout(120_000);

const stacks = [devStack("state"), devStack("cluster"), devStack("platform")] as const;

describe("choosing layers", () => {
  it("takes all, or those that were named, in the order of deployment", () => {
    expect(chooseStacks(stacks, "dev", [])).toEqual(stacks);
    expect(chooseStacks(stacks, "dev", ["platform", "state"]).map(({ name }) => name)).toEqual(["dev-state", "dev-platform"]);
  });

  it("fails when there is no such layer, and suggests one", () => {
    expect(() => chooseStacks(stacks, "dev", ["clutser", "state"])).toThrow(
      'dev: layer is "clutser", must be one of state, cluster, platform; did you mean cluster?',
    );
  });
});

describe("what a stack waits for", () => {
  const failed = (stderr: string) => ({ exitCode: 1, stdout: "", stderr });
  const remote =
    "\nError: Unable to find remote state\n\n  with data.terraform_remote_state.cross-stack-reference-input-dev-cluster,\n" +
    "\nNo stored state was found for the given workspace in the given backend.\n";
  const older =
    "\nError: Unsupported attribute\n\n  on cdk.tf.json line 9, in resource.aws_iam_role.role:\n" +
    "    ├────────────────\n    │ data.terraform_remote_state.cross-stack-reference-input-dev-cluster.outputs is object with 3 attributes\n" +
    '\nThis object does not have an attribute named\n"cross-stack-output-aws_eks_clusterarn".\n';
  const bucket =
    'Error: Failed to get existing workspaces: S3 bucket "ml-platform-dev-state-123456789012" does not exist.\n\nThe referenced S3 bucket';
  const profile = "Error: failed to get shared config profile, evenkeel-state";

  it("is read from the engine's words", () => {
    expect(neededFirst(failed(remote), stacks)).toBe("cluster");
    expect(neededFirst(failed(older), stacks)).toBe("cluster"); // destroyed, or by an older release, without this output
    expect(neededFirst(failed(bucket), stacks)).toBe("state (`npm run bootstrap -- dev`)");
    const local = stacks.map((stack) => ({ ...stack, state: { in: "file", path: "state.tfstate" } as const }));
    expect(neededFirst(failed(profile), local)).toBe("state (`npm run up`)");
  });

  it("is the layer that is about to make what is looked up", () => {
    const lookup = "\nError: no matching EC2 VPC found\n\n  with data.aws_vpc.shared,\n  on cdk.tf.json line 3, in data.aws_vpc.shared:\n";
    const other = "\nError: Invalid index\n\n  with aws_eip.one,\n";
    expect(madeBefore(failed(lookup + lookup), stacks.slice(0, 2))).toBe("cluster");
    expect(madeBefore(failed(lookup), [])).toBeUndefined(); // nothing changes before it: it will not be there later, either
    expect(madeBefore(failed(lookup + other), stacks)).toBeUndefined();
    expect(madeBefore({ exitCode: 0, stdout: lookup, stderr: "" }, stacks)).toBeUndefined();
  });

  it("is nothing when the engine says something else, or succeeds", () => {
    expect(neededFirst(failed("Error: No valid credential sources found"), stacks)).toBeUndefined();
    expect(neededFirst(failed("Error: failed to get shared config profile, my-typo"), stacks)).toBeUndefined();
    expect(neededFirst({ exitCode: 0, stdout: remote, stderr: "" }, stacks)).toBeUndefined();
  });
});

describe("the summary", () => {
  const planned = (add: number, outputs = 0): PlanOutcome => ({
    stack: "dev-state",
    result: "planned",
    counts: { add, change: 0, destroy: 0, outputs, bookkeeping: 0 },
    text: [],
  });
  const waits: PlanOutcome = { stack: "dev-platform", result: "waits", after: "cluster" };

  it("has a row for each stack", () => {
    const waitsForItself: PlanOutcome = { stack: "dev-state", result: "waits", after: "state (`npm run bootstrap -- dev`)" };
    expect(planRows([planned(2, 1), planned(0), planned(0, 2), waits, waitsForItself])).toEqual([
      ["dev-state", 2, 0, 0, "and 1 of its outputs"],
      ["dev-state", 0, 0, 0, "no changes"],
      ["dev-state", 0, 0, 0, "2 outputs change"],
      ["dev-platform", "", "", "", "after cluster"],
      ["dev-state", "", "", "", "after state (`npm run bootstrap -- dev`)"],
    ]);
  });

  it("ends with 0 when nothing is to do, with 2 when something is", () => {
    expect(planExitCode([planned(0), planned(0)])).toBe(0);
    expect(planExitCode([planned(0), planned(1)])).toBe(2);
    expect(planExitCode([planned(0, 1)])).toBe(2);
    expect(planExitCode([planned(0), waits])).toBe(2);
  });
});

describe("npm run plan -- local", () => {
  let machine: FakeMachine;
  beforeAll(async () => {
    machine = await FakeMachine.create();
  });
  afterAll(() => machine.remove());

  it("says what waits for what before anything is deployed, and goes on", async () => {
    const { exitCode, stdout, stderr } = await machine.run("plan", ["local"]);

    expect(stderr).toBe("");
    expect(exitCode).toBe(2);
    expect(stdout).toContain("# kind_cluster.One: create");
    expect(stdout).toMatch(/local-cluster +│ +1 │ +0 │ +0 │/);
    expect(stdout).toMatch(/local-state +│.*after cluster/);
    expect(stdout).toMatch(/local-platform +│.*after state/);
    expect(existsSync(machine.state)).toBe(false);
  });

  it("keeps no plan file, and ends with 0 when everything is deployed", async () => {
    const temporary = mkdtempSync(join(tmpdir(), "evenkeel-plan-test-"));
    try {
      await machine.run("up");
      const files = machine.files();
      machine.calls();

      const { exitCode, stdout } = await machine.run("plan", ["local"], { TMPDIR: temporary });

      expect(exitCode).toBe(0);
      expect(stdout.match(/no changes/g)).toHaveLength(10); // a line and a row for each stack
      expect(machine.calls().filter((call) => call.endsWith("apply"))).toEqual([]);
      expect(machine.files()).toEqual(files);
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });

  it("fails when the engine fails, with its words and without a stack trace", async () => {
    machine.clear();
    mkdirSync(machine.state, { recursive: true });
    writeFileSync(join(machine.state, "cluster.tfstate"), '{"lineage":"one","serial":1,"resources":[{}]}'); // of a cluster that is gone

    const { exitCode, stderr } = await machine.run("plan", ["local", "cluster"]);

    expect(exitCode).toBe(1);
    expect(stderr).toContain("could not locate any control plane nodes");
    expect(stderr).not.toContain("    at ");
  });
});
