import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { machineVariables } from "../environments/variables";
import { OperationError } from "../operations/operation-error";
import { runCommand, type CommandRunner } from "../operations/run-command";
import { checkovReport, type CheckovReport, type Stacks } from "./checkov-report";

/** Longest scan, in seconds: four environments take 20 s on an idle machine. */
const patience = 600;

export interface CheckovOptions {
  /** The Python that has checkov. */
  readonly python: string;
  /** Folder that was synthesized into, an absolute path; the report is written there, too. */
  readonly outdir: string;
  /** What was synthesized there. */
  readonly stacks: Stacks;
  /** @default this machine's */
  readonly run?: CommandRunner;
}

/**
 * Scans what was synthesized. Nothing is asked of the network, and nothing of the machine's own settings counts: neither variables nor a
 * `.checkov.yaml` could switch a check off.
 * @throws OperationError when checkov does not come to its end
 */
export async function runCheckov({ python, outdir, stacks, run = runCommand }: CheckovOptions): Promise<CheckovReport> {
  const result = await run(python, ["-I", "-m", "checkov.main", ...arguments_], {
    seconds: patience,
    folder: outdir,
    variables: {
      ...Object.fromEntries(machineVariables(/^(?!PATH$)/).map((name) => [name, undefined])),
      HOME: outdir,
      LANG: "C.UTF-8",
      CKV_SKIP_PACKAGE_UPDATE_CHECK: "true", // it would ask PyPI
    },
  });
  if (result.outcome === "timed-out") throw new OperationError(`checkov did not end within ${result.seconds} s. Run the command again.`);
  if (result.outcome === "missing") throw new OperationError(`${python} cannot be run. Remove .venv-checkov, and run the command again.`);
  const file = join(outdir, "results_json.json");
  if (result.exitCode !== 0 || !existsSync(file)) {
    throw new OperationError(`checkov ended with ${result.exitCode}, not with a report\n${`${result.stdout}${result.stderr}`.trim()}`);
  }
  return checkovReport(readFileSync(file, "utf8"), stacks);
}

/** A finding is no failure of checkov's: what it means is judged here. */
const arguments_ = [
  ...["--directory", "stacks", "--framework", "terraform_json", "--skip-download"],
  ...["--compact", "--soft-fail", "--output", "json", "--output-file-path", "."],
];
