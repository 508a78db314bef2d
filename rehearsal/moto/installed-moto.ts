import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { OperationError } from "../../operations/operation-error";
import type { Progress } from "../../operations/progress";
import { runCommand, type CommandRunner } from "../../operations/run-command";

/** Where moto is, and what belongs there. */
export interface MotoPlace {
  /** The virtual environment, an absolute path. */
  readonly folder: string;
  /** The list that pins moto, an absolute path. */
  readonly requirements: string;
}

/** This checkout's own. */
const ownPlace: MotoPlace = { folder: resolve(__dirname, "../../.venv"), requirements: join(__dirname, "requirements.txt") };

/** Longest installation, and longest wait for another run's: 60 MB on a slow line, in seconds. */
const patience = 600;

/** The Python that has the pinned moto; undefined where it is not installed, or not wholly. */
export function installedMoto({ folder, requirements }: MotoPlace = ownPlace): string | undefined {
  const [python, installed] = [join(folder, "bin/python"), join(folder, "installed.txt")];
  const whole = existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(requirements, "utf8");
  return whole && isExecutable(python) ? python : undefined;
}

/**
 * Installs moto into a virtual environment where it is not there yet; what of it is there is replaced. Runs at the same time take turns.
 * @param place where to. @default the checkout's `.venv`
 * @returns the Python that has it
 * @throws OperationError with pip's own words when it cannot be done
 */
export async function installMoto(progress: Progress, place: MotoPlace = ownPlace, run: CommandRunner = runCommand): Promise<string> {
  return installedMoto(place) ?? progress.step(`installing moto into ${place.folder}`, () => install(place, run));
}

async function install(place: MotoPlace, run: CommandRunner): Promise<string> {
  const { folder, requirements } = place;
  const result = await run("python3", ["-I", join(__dirname, "install.py"), folder, requirements], { seconds: patience });
  switch (result.outcome) {
    case "missing":
      throw new OperationError(
        "python3 was not found on the PATH. Install Python 3.10 or later; on Debian and Ubuntu: apt install python3 python3-venv",
      );
    case "timed-out":
      throw new OperationError(
        `moto was not installed within ${result.seconds} s. Is another run at it, or the network slow? Run the command again.`,
      );
    case "ended": {
      const python = installedMoto(place);
      if (result.exitCode === 0 && python !== undefined) return python;
      const words = `${result.stdout}${result.stderr}`.trim();
      throw new OperationError(`moto could not be installed into ${folder}; python3 ended with ${result.exitCode}\n${words}`);
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
