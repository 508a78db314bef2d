import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providers } from "../../constructs/shared/providers";
import { plainProgress } from "../../operations/progress";
import { RealProvider } from "../../rehearsal/loop/real-provider";
import { installProviders } from "../../rehearsal/real-providers/installed-providers";
import { cannotRun } from "../cannot-run";
import { describeRehearsal } from "./describe-rehearsal";

/**
 * Declares tests that need the real AWS provider and moto. Where they are not to be had they are reported as skipped, with the reason;
 * in CI they fail.
 * @param suite gets a function for its tests, when the provider is installed
 */
export function describeWithRealProvider(name: string, suite: (provider: () => RealProvider) => void): void {
  describeRehearsal(name, () => {
    const folder = mkdtempSync(join(tmpdir(), "evenkeel-real-provider-"));
    const installed = installProviders(folder, { aws: providers.aws });
    if (typeof installed === "string") {
      rmSync(folder, { recursive: true });
      return cannotRun(`${name} cannot be tested here: ${installed}`);
    }
    const quiet = plainProgress(() => undefined);
    let provider: RealProvider | undefined;
    beforeAll(async () => {
      provider = await RealProvider.of(installed, quiet);
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    suite(() => {
      if (provider === undefined) throw new Error("the provider is not installed");
      return provider;
    });
  });
}
