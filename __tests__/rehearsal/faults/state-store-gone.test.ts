import { existsSync } from "node:fs";
import { join } from "node:path";
import type { EngineResult } from "../../../operations/engine";
import { describeRehearsal } from "../describe-rehearsal";
import { FaultSite } from "./fault-site";
import { apply, plan, type FaultyStack } from "./faulty-stack";

jest.setTimeout(120_000); // the engine tries again for 3 s, and ten more runs

describeRehearsal("a state store that vanishes in the middle of an apply", (python) => {
  let site: FaultSite;

  beforeAll(async () => {
    site = await FaultSite.start(python);
  });
  afterAll(() => site.stop());

  it("is not noticed when it is back soon: the engine tries again", async () => {
    const stack = await site.open("dev-state", { kind: "held-apply", type: "aws_s3_bucket" });
    const { applied } = await heldApply(stack);

    site.wire.cut();
    await site.providers.ask("release", "dev-state");
    await site.wire.tried();
    site.wire.mend();

    expect(await applied).toMatchObject({ exitCode: 0 });
    await stack.expectWhole();
    expect(await stack.state.keys()).toEqual(["dev/state.tfstate"]);
  });

  describe("and stays away", () => {
    let stack: FaultyStack;

    // One story, in order: each step is what the runbook says.

    it("leaves the state in a file, and says how to write it later", async () => {
      stack = await site.open("staging-state", { kind: "held-apply", type: "aws_s3_bucket" });
      await stack.tryOnce();
      const { applied } = await heldApply(stack);

      site.wire.cut();
      await site.providers.ask("release", "staging-state");

      const { exitCode, stderr } = await applied;
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/Error: Failed to persist state to backend[^]*terraform state push errored\.tfstate/);
      expect(stderr).toMatch(/Error: Error releasing the state lock/);
      expect(existsSync(join(stack.folder, "errored.tfstate"))).toBe(true);
      expect(await stack.existing()).toHaveLength(17);
      expect(await stack.state.keys()).toEqual(["staging/state.tfstate.tflock"]);
    });

    it("keeps the file from being pushed until the lock is lifted", async () => {
      site.wire.mend();
      const { exitCode, stderr } = await stack.engine("state", "push", "errored.tfstate");
      expect(exitCode).toBe(1);
      expect(stderr).toContain("Error acquiring the state lock");
      const [, id = ""] = /ID: +(\S+)/.exec(stderr) ?? [];
      expect(await stack.engine("force-unlock", "-force", id)).toMatchObject({ exitCode: 0 });
    });

    it("is recovered from by pushing the file, and nothing exists twice", async () => {
      expect((await stack.engine(...plan)).stdout).toContain("Plan: 17 to add"); // what an apply would do instead

      expect(await stack.engine("state", "push", "errored.tfstate")).toMatchObject({ exitCode: 0 });

      await stack.expectWhole();
      expect(await stack.state.keys()).toEqual(["staging/state.tfstate"]);
    });
  });

  /** Applies, and returns when something is being created; the engine goes on with all else. */
  async function heldApply(stack: FaultyStack): Promise<{ readonly applied: Promise<EngineResult> }> {
    const held = site.providers.held();
    const applied = stack.engine(...apply);
    await held;
    return { applied };
  }
});
