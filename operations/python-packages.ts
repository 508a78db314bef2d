import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OperationError } from "./operation-error";
import type { Progress } from "./progress";
import { runCommand, type CommandRunner } from "./run-command";

/** A program from PyPI: where it is, and what belongs there. */
export interface PythonPackages {
  /** What a person calls it. */
  readonly name: string;
  /** The virtual environment, an absolute path. */
  readonly folder: string;
  /** The list that pins it, an absolute path. */
  readonly requirements: string;
}

/** Makes the virtual environment; it says itself how. */
const installer = join(__dirname, "../rehearsal/moto/install.py");

/** Longest installation, and longest wait for another run's: 300 MB on a slow line, in seconds. */
const patience = 600;

/** The Python that has the pinned packages; undefined where they are not installed, or not wholly. */
export function installedPython({ folder, requirements }: Omit<PythonPackages, "name">): string | undefined {
  const [python, installed] = [join(folder, "bin/python"), join(folder, "installed.txt")];
  const whole = existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(requirements, "utf8");
  return whole && isExecutable(python) ? python : undefined;
}

/**
 * Installs packages into a virtual environment where they are not there yet; what of them is there is replaced. Runs at the same time take turns.
 * @returns the Python that has them
 * @throws OperationError with pip's own words when it cannot be done
 */
export async function installPython(progress: Progress, packages: PythonPackages, run: CommandRunner = runCommand): Promise<string> {
  return installedPython(packages) ?? progress.step(`installing ${packages.name} into ${packages.folder}`, () => install(packages, run));
}

async function install(packages: PythonPackages, run: CommandRunner): Promise<string> {
  const { name, folder, requirements } = packages;
  const result = await run("python3", ["-I", installer, folder, requirements], { seconds: patience });
  switch (result.outcome) {
    case "missing":
      throw new OperationError(
        "python3 was not found on the PATH. Install Python 3.10 or later; on Debian and Ubuntu: apt install python3 python3-venv",
      );
    case "timed-out":
      throw new OperationError(
        `${name} was not installed within ${result.seconds} s. Is another run at it, or the network slow? Run the command again.`,
      );
    case "ended": {
      const python = installedPython(packages);
      if (result.exitCode === 0 && python !== undefined) return python;
      const words = `${result.stdout}${result.stderr}`.trim();
      throw new OperationError(`${name} could not be installed into ${folder}; python3 ended with ${result.exitCode}\n${words}`);
    }
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
