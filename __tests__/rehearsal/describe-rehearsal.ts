import { spawnSync } from "node:child_process";
import { engineBinary } from "../../environments/variables";
import { EngineMissingError } from "../../operations/engine";
import { cannotRun } from "../cannot-run";
import { describeWithMoto } from "./moto/describe-with-moto";

/**
 * Declares tests that run the engine against moto and simulated providers; where it cannot be done they are reported as skipped.
 * @param suite gets the Python that has moto
 */
export function describeRehearsal(name: string, suite: (python: string) => void): void {
  if (spawnSync(engineBinary(), ["version"]).error) cannotRun(new EngineMissingError(engineBinary()).message);
  else describeWithMoto(name, suite);
}
