import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeployEngine } from "../../operations/deploy-engine";
import { DeployFiles } from "../../operations/deploy-files";
import { surroundProcess } from "../surround-process";
import { devStack } from "./dev-stack";

describe("the engine of a deployment", () => {
  let root: string;
  let restore: () => void;
  let files: DeployFiles;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "evenkeel-deploy-engine-"));
    restore = surroundProcess({ TERRAFORM_BINARY_NAME: join(root, "engine.sh") });
    files = new DeployFiles({ name: "dev" }, join(root, "a", "b", "c"), "deploy");
    files.create();
  });
  afterEach(() => {
    restore();
    rmSync(root, { recursive: true });
  });

  /** Runs lines of a shell script instead of the engine. */
  const engine = (lines: string) => {
    writeFileSync(join(root, "engine.sh"), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(root, "engine.sh"), 0o755);
    return new DeployEngine({ stack: { ...devStack("state"), folder: root }, all: [], files });
  };

  it("waits for its turn where it takes the lock, and nowhere else", async () => {
    await engine(`echo "$@" >> calls; [ "$1" = show ] && echo '{}'; true`).planned();
    await engine(`echo "$@" >> calls`).apply();

    const calls = readFileSync(join(root, "calls"), "utf8").split("\n");
    expect(calls.filter((call) => call.includes("-lock-timeout=180s")).map((call) => call.split(" ")[0])).toEqual(["plan", "apply"]);
    expect(calls.map((call) => call.split(" ")[0])).toEqual(["init", "plan", "show", "apply", ""]);
  });

  it("fails when somebody else is at work, and says what to do", async () => {
    const locked = 'echo "Error: Error acquiring the state lock\n\n  Who: ann@laptop" >&2; exit 1';
    await expect(engine(locked).planned()).rejects.toThrow(/Who: ann@laptop[^]*docs\/runbooks\/state\.md, A lock was left/);
    await expect(engine(locked).apply()).rejects.toThrow(/Who: ann@laptop[^]*docs\/runbooks\/state\.md/);
  });

  it("keeps what it says to people in the log, and what it prints for programs to itself", async () => {
    const script = `[ "$1" = plan ] && echo "one to add"; [ "$1" = show ] && echo '{ "secret": "s3cr3t" }'; [ "$1" = apply ] && echo applied; true`;
    await engine(script).planned();
    await engine(script).apply();

    const log = readFileSync(files.log, "utf8");
    expect(log).toMatch(/dev-state: \S+engine\.sh plan\none to add\n[^]*dev-state: \S+engine\.sh apply\napplied\n/);
    expect(log).not.toContain("s3cr3t");
  });

  it("fails when an apply fails, with the engine's last words alone", async () => {
    await expect(engine('echo "aws_eip.One: Creating..."; echo "Error: no more addresses"; exit 1').apply()).rejects.toThrow(
      /ended with 1 in .*\nError: no more addresses$/,
    );
  });
});
