import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { MotoServer } from "../../../rehearsal/moto/moto-server";
import { describeWithMoto } from "./describe-with-moto";
import { until } from "../until";

jest.setTimeout(120_000); // moto starts slowly on a busy machine

const project = resolve(__dirname, "../../..");

/** A program that starts moto, says where, and never ends by itself. */
const starter = `
const { MotoServer } = require("./rehearsal/moto/moto-server");
MotoServer.start(process.argv[1]).then(({ url }) => console.log(url));
setInterval(() => undefined, 1000);
`;

describeWithMoto("MotoServer", (python) => {
  it("ends with the process that started it, even when that is killed", async () => {
    // A group of its own, so that whatever becomes of this test no process is left.
    const parent = spawn(process.execPath, ["--require", "./scripts/transpile.cjs", "-e", starter, python], {
      cwd: project,
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let output = "";
    parent.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    try {
      await until("moto is up", () => output.endsWith("\n"));
      const url = output.trim();
      expect(await answers(url)).toBe(true);

      parent.kill("SIGKILL");

      await until(`${url} is closed`, async () => !(await answers(url)));
    } finally {
      endGroup(parent.pid);
    }
  });

  it("goes on after Ctrl-C, which a terminal sends to all processes: engines have yet to write their state", async () => {
    const server = spawn(python, ["-I", resolve(project, "rehearsal/moto/server.py")], { stdio: ["pipe", "pipe", "inherit"] });
    try {
      let closed = false;
      server.on("close", () => (closed = true));
      let output = "";
      server.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
      await until("moto is up", () => output.includes("Running on"));

      server.kill("SIGINT");
      expect(await answers(/http:\S+/.exec(output)?.[0] ?? "")).toBe(true);
      server.stdin.end();

      await until("moto is gone", () => closed);
      expect(server.exitCode).toBe(0);
      expect(output).toMatch(/^Running on http:\/\/127\.0\.0\.1:\d+\nPeak memory \d+ bytes\n$/);
    } finally {
      server.kill("SIGKILL");
    }
  });

  it("is gone when it was stopped, also when it is stopped twice", async () => {
    const moto = await MotoServer.start(python);
    const memory = await Promise.all([moto.stop(), moto.stop()]);
    expect(await answers(moto.url)).toBe(false);
    expect(memory[0]).toBeGreaterThan(20);
    expect(memory).toEqual([await moto.stop(), memory[0]]);
  });

  it("tells its own memory, not that of the process that it was forked from", async () => {
    const held = Buffer.alloc(300_000_000, 1);
    const moto = await MotoServer.start(python);
    expect(await moto.stop()).toBeLessThan(held.length / 1_000_000);
  });

  it("fails with the words of Python when it does not come up", async () => {
    await expect(MotoServer.start("evenkeel-no-python")).rejects.toThrow("ENOENT");
    // Node is no Python: it ends at once, and says why.
    await expect(MotoServer.start(process.execPath)).rejects.toThrow(
      /ended with \d+.*delete its folder and install it anew.*bad option: -I/s,
    );
  });
});

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Kills a process group that may be gone. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
