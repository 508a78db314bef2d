import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describeRehearsal } from "../describe-rehearsal";
import { until } from "../until";
import { FaultSite } from "./fault-site";
import { apply, plan, type FaultyStack } from "./faulty-stack";

jest.setTimeout(120_000); // twelve runs of the engine, 0.3 s each on an idle machine

describeRehearsal("an engine that is killed in the middle of an apply", (python) => {
  let site: FaultSite;
  let stack: FaultyStack;
  let log = "";

  beforeAll(async () => {
    site = await FaultSite.start(python);
    stack = await site.open("dev-state", { kind: "held-apply", type: "aws_s3_bucket" });
    const held = site.providers.held();
    const engine = stack.start(...apply);
    engine.stdout?.setEncoding("utf8").on("data", (text: string) => (log += text));
    const ended = new Promise((tell) => engine.on("close", tell));
    await held;
    await until("all but the buckets exists, and the log says so", () => created().length === 2 && begun().length === 4);
    engine.kill("SIGKILL");
    await ended;
    await site.providers.ask("release", "dev-state"); // the cloud finishes what it was asked for
    await until("the buckets exist", async () => (await stack.existing()).length === 4);
  });
  afterAll(() => site.stop());

  // One story, in order: each step is what the runbook says.

  it("leaves a lock and no state, and its log names what it has created and what was under way", async () => {
    expect(await stack.state.keys()).toEqual(["dev/state.tfstate.tflock"]);
    expect(await stack.existing()).toEqual(["aws_kms_alias", "aws_kms_key", "aws_s3_bucket", "aws_s3_bucket"]);
    expect(created().map((address) => address.split(".")[0])).toEqual(["aws_kms_key", "aws_kms_alias"]);
    expect(underWay().map((address) => address.split(".")[0])).toEqual(["aws_s3_bucket", "aws_s3_bucket"]);
  });

  it("keeps the next run from beginning, which tells the lock's id, and who has it", async () => {
    const { exitCode, stderr } = await stack.engine(...apply);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Error acquiring the state lock[^]*ID: +\S+[^]*Operation: OperationTypeApply[^]*Who: +\S+@\S+/);
    expect(await stack.existing()).toHaveLength(4);

    const [, id = ""] = /ID: +(\S+)/.exec(stderr) ?? [];
    expect(await stack.engine("force-unlock", "-force", id)).toMatchObject({ exitCode: 0 });
    expect(await stack.state.keys()).toEqual([]);
  });

  it("would make everything a second time, did nobody bring into the state what exists", async () => {
    expect((await stack.engine(...plan)).stdout).toContain("Plan: 17 to add, 0 to change, 0 to destroy.");
  });

  it("is recovered from by importing what the log names, and nothing exists twice", async () => {
    writeFileSync(join(stack.folder, "apply.log"), log);
    expect(spawnSync("sh", ["-c", runbookCommand(/^ *sed /)], { cwd: stack.folder })).toMatchObject({ status: 0 });
    const { aws_s3_bucket: buckets = {} } = stack.rehearsal.copy.json.resource ?? {};
    const named = underWay().map((to) => ({ to, id: buckets[to.split(".")[1] ?? ""]?.bucket }));
    writeFileSync(join(stack.folder, "imports.tf.json"), JSON.stringify({ import: named }));
    expect((await stack.engine(...plan)).stdout).toContain("Plan: 4 to import, 13 to add, 0 to change, 0 to destroy.");

    expect(await stack.engine(...apply)).toMatchObject({ exitCode: 0 });

    await stack.expectWhole();
  });

  function created(): readonly string[] {
    return [...log.matchAll(/^(\S+): Creation complete after /gm)].map(([, address = ""]) => address);
  }

  function begun(): readonly string[] {
    return [...log.matchAll(/^(\S+): Creating\.\.\.$/gm)].map(([, address = ""]) => address);
  }

  /** What it has begun to create, and was not told about. */
  function underWay(): readonly string[] {
    return begun().filter((address) => !created().includes(address));
  }
});

/** A command of the runbook, as it is printed there. */
function runbookCommand(beginning: RegExp): string {
  const runbook = readFileSync(resolve(__dirname, "../../../docs/runbooks/state.md"), "utf8");
  const commands = [...runbook.matchAll(/```sh\n([^]*?)```/g)].map(([, command = ""]) => command);
  return commands.find((command) => beginning.test(command)) ?? "";
}
