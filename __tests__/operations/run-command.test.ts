import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCommand } from "../../operations/run-command";

const node = (code: string, options?: { seconds: number }) => runCommand(process.execPath, ["-e", code], options);

it("runs in a folder, with variables of its own", async () => {
  const script = "process.stdout.write([process.cwd(), process.env.SHOP, typeof process.env.HOME].join())";
  const result = await runCommand(process.execPath, ["-e", script], { folder: "/", variables: { SHOP: "open", HOME: undefined } });
  expect(result).toMatchObject({ outcome: "ended", stdout: "/,open,undefined" });
});

it("returns what a command wrote, and how it ended", async () => {
  expect(await node("console.log('out'); console.error('err'); process.exit(3)")).toEqual({
    outcome: "ended",
    exitCode: 3,
    stdout: "out\n",
    stderr: "err\n",
  });
});

it("hands arguments over as they are, without a shell", async () => {
  const result = await runCommand(process.execPath, ["-p", "process.argv[1]", "$HOME; echo `id`"]);

  expect(result).toMatchObject({ stdout: "$HOME; echo `id`\n" });
});

it("kills a command that takes too long", async () => {
  expect(await node("setInterval(() => {}, 1000)", { seconds: 0.5 })).toEqual({ outcome: "timed-out", seconds: 0.5 });
});

it("lets the program end although a child of the killed command keeps its output open", async () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-run-command-"));
  const [pidFile, endFile] = [join(folder, "pid"), join(folder, "ended")];
  const child = `setTimeout(() => require("node:fs").writeFileSync(${JSON.stringify(endFile)}, ""), 20000)`;
  const lingering =
    "const { spawn } = require('node:child_process');" +
    `const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });` +
    `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid)); setInterval(() => {}, 1000)`;
  const program =
    "const { runCommand } = require('./operations/run-command');" +
    `runCommand(process.execPath, ['-e', ${JSON.stringify(lingering)}], { seconds: 2 }).then(({ outcome }) => console.log(outcome));`;
  try {
    const { stdout } = spawnSync(process.execPath, ["--require", "./scripts/transpile.cjs", "-e", program], {
      cwd: resolve(__dirname, "../.."),
      encoding: "utf8",
    });

    expect(stdout).toBe("timed-out\n");
    expect(existsSync(endFile)).toBe(false); // it did not wait for the child
    process.kill(Number(readFileSync(pidFile, "utf8")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

it("says when there is no such command", async () => {
  expect(await runCommand("evenkeel-no-such-command", [])).toEqual({ outcome: "missing" });
});

it("keeps a part of endless output", async () => {
  const result = await node("process.stdout.write('x'.repeat(3_000_000))");

  expect(result.outcome === "ended" && result.stdout.length).toBe(1_000_000);
});
