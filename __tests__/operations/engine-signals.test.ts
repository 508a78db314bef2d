import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { childVariables } from "../../environments/variables";

const project = resolve(__dirname, "../..");

/** An engine that writes its state when it is told to stop, as Terraform does. */
const engine = `#!${process.execPath}
const { writeFileSync } = require("node:fs");
const stop = () => setTimeout(() => { writeFileSync("state", "whole"); console.log("done"); process.exit(1); }, 200);
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
console.log("running");
setTimeout(() => process.exit(9), 20000);
`;

/** Runs the engine, and says what came of it. */
const caller = `
const { requireEngine } = require("./operations/engine");
requireEngine(["apply"], { folder: process.env.FOLDER, log: (text) => process.stdout.write(text) }).catch((error) => { console.log(error.message); process.exitCode = error.exitCode; });
`;

it.each(["SIGTERM", "SIGINT"] as const)("lets the engine write its state before %s ends the command", async (signal) => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-signals-"));
  try {
    writeFileSync(join(folder, "engine"), engine);
    chmodSync(join(folder, "engine"), 0o755);
    // A group of its own: a terminal sends SIGINT to the whole group, `kill` to one process.
    const child = spawn(process.execPath, ["--require", "./scripts/transpile.cjs", "-e", caller], {
      cwd: project,
      env: childVariables({ FOLDER: folder, TERRAFORM_BINARY_NAME: join(folder, "engine") }),
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const { pid = 0 } = child;
      if (text.includes("running")) process.kill(signal === "SIGINT" ? -pid : pid, signal);
    });
    const exitCode = await new Promise((ended) => child.on("close", ended));

    expect(readFileSync(join(folder, "state"), "utf8")).toBe("whole");
    expect(output).toContain(`stopped by ${signal}. Run the command again: it goes on from here.`);
    expect(exitCode).toBe(130);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
