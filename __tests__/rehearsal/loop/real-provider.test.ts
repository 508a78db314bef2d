import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OperationError } from "../../../operations/operation-error";
import { plainProgress } from "../../../operations/progress";
import { RealProvider } from "../../../rehearsal/loop/real-provider";
import { surroundProcess } from "../../surround-process";

describe("RealProvider", () => {
  it("fails when it is not to be had, with what is missing", async () => {
    const work = mkdtempSync(join(tmpdir(), "evenkeel-real-provider-"));
    const restore = surroundProcess({ TERRAFORM_BINARY_NAME: join(work, "no-engine") });
    const said: string[] = [];
    try {
      const progress = plainProgress((line) => said.push(line));
      const refusal = await RealProvider.install(join(work, "provider"), progress).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(OperationError);
      expect(refusal).toMatchObject({ message: expect.stringMatching(/^--provider aws=real: \S+no-engine was not found/), exitCode: 1 });
      expect(said.at(-1)).toBe("installing the real AWS provider: not to be had");
    } finally {
      restore();
      rmSync(work, { recursive: true });
    }
  });
});
