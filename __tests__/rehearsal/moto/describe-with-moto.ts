import { installedMoto } from "../../../rehearsal/moto/installed-moto";
import { cannotRun } from "../../cannot-run";

/**
 * Declares tests that need moto. Where it is not installed they are reported as skipped, with the reason; in CI they fail.
 * @param suite gets the Python that has moto
 */
export function describeWithMoto(name: string, suite: (python: string) => void): void {
  const python = installedMoto();
  if (python === undefined) cannotRun(`${name} cannot be tested here: moto is not installed: python3 rehearsal/moto/install.py`);
  else describe(name, () => suite(python));
}
