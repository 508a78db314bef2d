import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { machineVariable } from "../../../environments/variables";
import { describeRehearsal } from "../describe-rehearsal";
import { until } from "../until";
import { FaultSite } from "./fault-site";
import { apply } from "./faulty-stack";

jest.setTimeout(120_000); // three rehearsals of dev up to the cluster, 4 s each on an idle machine

const project = resolve(__dirname, "../../..");

describeRehearsal("somebody who stops a rehearsal", () => {
  let root: string;
  let temporary: string;
  let rehearsal: ChildProcess;
  let output: string;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "evenkeel-signals-"));
    temporary = join(root, "temporary");
    mkdirSync(temporary);
    output = "";
    // A group of its own, as a terminal makes one: whatever becomes of this test, no process is left.
    rehearsal = spawn(process.execPath, ["--require", "./scripts/transpile.cjs", "scripts/rehearse.ts", "dev"], {
      cwd: project,
      env: { PATH: machineVariable("PATH"), HOME: root, TMPDIR: temporary },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [rehearsal.stdout, rehearsal.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
    await until("an apply of the cluster", () => rehearsal.exitCode !== null || clusterLog().includes("Creating..."));
  });
  afterEach(() => {
    signal("SIGKILL");
    rmSync(root, { recursive: true, force: true });
  });

  it.each<[string, NodeJS.Signals, boolean]>([
    ["by Ctrl-C", "SIGINT", true],
    ["by SIGTERM, as a CI runner does", "SIGTERM", false],
  ])("%s finds no process, no file and no success", async (_, name, toAll) => {
    const ended = new Promise((tell) => rehearsal.on("close", tell));
    if (toAll) signal(name);
    else rehearsal.kill(name);

    expect(await ended).toBe(130);
    expect(isAlive()).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
    expect(existsSync(join(root, ".terraform.d"))).toBe(false); // an engine that has asked the network for a newer one leaves it
    expect(output).toContain(`stopped by ${name}`);
    expect(output).not.toContain("plan again"); // nothing new begins
  });

  it("by SIGKILL finds no process: they end with the rehearsal", async () => {
    rehearsal.kill("SIGKILL");
    await until("all of the group is gone", () => !isAlive());
  });

  function clusterLog(): string {
    const [work = ""] = readdirSync(temporary).filter((name) => name.startsWith("evenkeel-rehearsal-"));
    const log = join(temporary, work, "cdktf.out/stacks/dev-cluster.log");
    return existsSync(log) ? readFileSync(log, "utf8") : "";
  }

  function isAlive(): boolean {
    return signal(0);
  }

  /** Signals the whole group. Returns whether there is one. */
  function signal(name: NodeJS.Signals | 0): boolean {
    const { pid } = rehearsal;
    if (pid === undefined) return false;
    try {
      return process.kill(-pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
      throw error;
    }
  }
});

describeRehearsal("an engine that is stopped in the middle of an apply", (python) => {
  it("writes what it has made, gives its lock back, and the next apply goes on", async () => {
    const site = await FaultSite.start(python);
    try {
      const stack = await site.open("dev-state", { kind: "held-apply", type: "aws_s3_bucket" });
      const held = site.providers.held();
      const engine = stack.start(...apply);
      const ended = new Promise((tell) => engine.on("close", tell));
      let output = "";
      engine.stdout?.setEncoding("utf8").on("data", (text: string) => (output += text));
      await held;

      engine.kill("SIGINT");
      await until("the engine has taken note", () => output.includes("Interrupt received"));
      await site.providers.ask("release", "dev-state");

      expect(await ended).toBe(1);
      expect(await stack.state.keys()).toEqual(["dev/state.tfstate"]);
      expect((await stack.stored()).map(({ type }) => type).sort()).toEqual(await stack.existing());
      expect(await stack.existing()).not.toHaveLength(17);

      expect(await stack.engine(...apply)).toMatchObject({ exitCode: 0 });
      await stack.expectWhole();
    } finally {
      await site.stop();
    }
  });
});
