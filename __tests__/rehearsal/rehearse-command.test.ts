import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "../operations/command";
import { describeRehearsal } from "./describe-rehearsal";

jest.setTimeout(300_000);

describeRehearsal("npm run rehearse", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "evenkeel-rehearse-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** An engine that answers the question for its version, and fails at all else. */
  function engine(version: string): string {
    const path = join(folder, "engine");
    writeFileSync(path, `#!/bin/sh\n[ "$1" = version ] && echo "Terraform v${version}" || { echo "it is raining" >&2; exit 1; }\n`);
    chmodSync(path, 0o755);
    return path;
  }

  it("shows what came through, and ends with 0", async () => {
    const { exitCode, stdout } = await runScript("rehearse", ["local", "--json"]);
    const { stacks, failures } = JSON.parse(stdout) as {
      readonly stacks: readonly { stack: string; destroyed: boolean; canaries: number }[];
      failures: unknown;
    };
    expect({ exitCode, failures }).toEqual({ exitCode: 0, failures: [] });
    expect(stacks.map(({ stack, destroyed }) => [stack, destroyed])).toEqual([
      ["local-cluster", true],
      ["local-state", true],
      ["local-platform", true],
      ["local-data", true],
      ["local-apps", true],
    ]);
    // The cluster's key and kubeconfig; two passwords, each with its hash, and the key of objects. Without them the search would prove nothing.
    expect(stacks.map(({ canaries }) => canaries)).toEqual([2, 6, expect.any(Number), expect.any(Number), expect.any(Number)]);
  });

  it("fails when a stack does not come through, with the engine's own words", async () => {
    const { exitCode, stdout, stderr } = await runScript("rehearse", ["local"], { TERRAFORM_BINARY_NAME: engine("1.11.4") });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/│ local-cluster +│.*│ init failed +│/);
    expect(stdout).toMatch(/0 of 5 stacks came through/);
    expect(stderr).toContain("ended with 1");
    expect(stderr).toContain("it is raining");
  });

  it("fails when the engine is too old, before it begins", async () => {
    const { exitCode, stdout, stderr } = await runScript("rehearse", ["local"], { TERRAFORM_BINARY_NAME: engine("1.5.7") });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("Terraform 1.5.7");
    expect(stderr).toContain("install Terraform >= 1.11");
  });

  it("fails when there is no such layer", async () => {
    const { exitCode, stderr } = await runScript("rehearse", ["local", "--only", "clutser"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('local: layer is "clutser", must be one of cluster, state, platform, data, apps; did you mean cluster?');
  });
});
