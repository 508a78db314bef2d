import { join, resolve } from "node:path";
import type { Progress } from "../../operations/progress";
import { installedPython, installPython, type PythonPackages } from "../../operations/python-packages";
import type { CommandRunner } from "../../operations/run-command";

/** Where moto is, and what belongs there. */
export type MotoPlace = Omit<PythonPackages, "name">;

/** This checkout's own. */
const ownPlace: MotoPlace = { folder: resolve(__dirname, "../../.venv"), requirements: join(__dirname, "requirements.txt") };

/** The Python that has the pinned moto; undefined where it is not installed, or not wholly. */
export function installedMoto(place: MotoPlace = ownPlace): string | undefined {
  return installedPython(place);
}

/**
 * Installs moto into a virtual environment where it is not there yet.
 * @param place where to. @default the checkout's `.venv`
 * @returns the Python that has it
 * @throws OperationError with pip's own words when it cannot be done
 */
export async function installMoto(progress: Progress, place: MotoPlace = ownPlace, run?: CommandRunner): Promise<string> {
  return installPython(progress, { name: "moto", ...place }, run);
}
