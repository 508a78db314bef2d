import { missingEngine } from "../../rehearsal/real-providers/installed-providers";
import { cannotRun } from "../cannot-run";
import { describeWithMoto } from "./moto/describe-with-moto";

/**
 * Declares tests that run the engine against moto and simulated providers; where it cannot be done they are reported as skipped.
 * @param suite gets the Python that has moto
 */
export function describeRehearsal(name: string, suite: (python: string) => void): void {
  const missing = missingEngine();
  if (missing === undefined) describeWithMoto(name, suite);
  else cannotRun(missing);
}
