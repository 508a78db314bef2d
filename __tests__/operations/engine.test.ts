import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireEngine, runEngine } from "../../operations/engine";

describe("the engine", () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-engine-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const variables = { ...process.env }; // eslint-disable-line no-restricted-syntax -- what a shell may have set is what is tested
  afterEach(() => {
    process.env = { ...variables }; // eslint-disable-line no-restricted-syntax -- as it was
  });

  /** Makes a script the engine of this process, and gives it variables. */
  function engine(script: string, given: Readonly<Record<string, string>> = {}): void {
    const path = join(folder, "engine");
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o700);
    Object.assign(process.env, given, { TERRAFORM_BINARY_NAME: path }); // eslint-disable-line no-restricted-syntax -- see above
  }

  it("is not steered by what a shell has set for it or for a provider", async () => {
    const given = { TF_CLI_ARGS: "-x", TF_CLI_ARGS_plan: "-destroy", TF_WORKSPACE: "w", KUBE_TOKEN: "t", KUBECONFIG: "k", TF_LOG: "info" };
    engine("env", given);
    const { stdout } = await runEngine([], { folder });
    const names = stdout.split("\n").map((line) => line.split("=")[0]);
    expect(Object.keys(given).filter((name) => names.includes(name))).toEqual(["TF_LOG"]);
  });

  it("fails when its folder has vanished, and does not blame the engine", async () => {
    engine("true");
    await expect(runEngine([], { folder: join(folder, "gone") })).rejects.toThrow(/gone has vanished/);
  });

  it("fails when it was killed, and says by what", async () => {
    engine("kill -9 $$");
    await expect(requireEngine(["plan"], { folder })).rejects.toThrow(/plan was killed by SIGKILL/);
  });
});
