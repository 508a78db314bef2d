import { runCommand } from "../../operations/run-command";

const node = (code: string, options?: { seconds: number }) => runCommand(process.execPath, ["-e", code], options);

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

it("kills a command that takes too long, also when a grandchild keeps its output open", async () => {
  const lingering =
    "const { spawn } = require('node:child_process');" +
    "const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 3000)'], { stdio: 'inherit' });" +
    "child.unref(); setInterval(() => {}, 1000)";

  const pipes = () => process.getActiveResourcesInfo().filter((resource) => resource === "PipeWrap").length;
  const before = pipes();
  expect(await node(lingering, { seconds: 0.5 })).toEqual({ outcome: "timed-out", seconds: 0.5 });
  await new Promise(setImmediate);
  expect(pipes()).toBe(before);
});

it("says when there is no such command", async () => {
  expect(await runCommand("evenkeel-no-such-command", [])).toEqual({ outcome: "missing" });
});

it("keeps a part of endless output", async () => {
  const result = await node("process.stdout.write('x'.repeat(3_000_000))");

  expect(result.outcome === "ended" && result.stdout.length).toBe(1_000_000);
});
