import { join, resolve } from "node:path";
import type { Progress } from "../operations/progress";
import { installPython, type PythonPackages } from "../operations/python-packages";

/** This checkout's own. */
const place: PythonPackages = {
  name: "checkov",
  folder: resolve(__dirname, "../.venv-checkov"),
  requirements: join(__dirname, "requirements.txt"),
};

/**
 * Installs checkov into the checkout's `.venv-checkov` where it is not there yet.
 * @returns the Python that has it
 * @throws OperationError with pip's own words when it cannot be done
 */
export function installCheckov(progress: Progress): Promise<string> {
  return installPython(progress, place);
}
