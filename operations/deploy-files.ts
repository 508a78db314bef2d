import { appendFileSync, chmodSync, mkdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { localPaths } from "../constructs/shared/local-paths";
import type { Environment } from "../environments/environment";

/** Files that a deployment, a rollback or a destroy keeps in the environment's folder on this machine. */
export class DeployFiles {
  readonly folder: string;
  /** What the engine said, in one file for each run of the command. It is shown to nobody else: it may hold what a person may not see. */
  readonly log: string;

  /**
   * @param stackFolder folder of any stack: the paths in the configuration are relative to it
   * @param command e.g. `deploy`, for the name of the log
   */
  constructor(environment: Pick<Environment, "name">, stackFolder: string, command: string) {
    this.folder = resolve(stackFolder, localPaths(environment).folder);
    this.log = join(this.folder, "logs", `${command}-${new Date().toISOString().replaceAll(":", "-")}.log`);
  }

  /** Makes the folder, which holds secrets, readable by its owner only. */
  create(): void {
    mkdirSync(join(this.folder, "logs"), { recursive: true });
    chmodSync(this.folder, 0o700);
  }

  /** The plan that is asked about and applied. It holds secrets. */
  planOf(layer: string): string {
    return join(this.folder, `${layer}.tfplan`);
  }

  /** Adds to the log. */
  write(text: string): void {
    appendFileSync(this.log, text, { mode: 0o600 });
  }

  /** How the log's place is shown. */
  get shownLog(): string {
    return relative(process.cwd(), this.log);
  }
}
