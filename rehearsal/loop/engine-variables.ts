import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machineVariable } from "../../environments/variables";
import { motoCredentials } from "../moto/moto-server";

/** What an engine in a rehearsal has around it. */
export interface EngineVariablesOptions {
  /** Private folder of the rehearsal. */
  readonly work: string;
  /** The simulated APIs of AWS. */
  readonly endpoint: string;
  /** Value of `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string;
}

/** Nobody listens there. */
export const nowhere = "http://127.0.0.1:9";

/**
 * All variables of an engine in a rehearsal. It starts from none: no credentials, profile, kubeconfig, workspace or flags of the
 * developer's, and whatever would leave this machine ends at a closed port.
 */
export function engineVariables({ work, endpoint, reattach }: EngineVariablesOptions): NodeJS.ProcessEnv {
  return {
    PATH: machineVariable("PATH"),
    TMPDIR: machineVariable("TMPDIR"),
    HOME: join(work, "home"),
    TF_CLI_CONFIG_FILE: join(work, "home", "cli.tfrc"),
    TF_REATTACH_PROVIDERS: reattach,
    CHECKPOINT_DISABLE: "1",
    AWS_ACCESS_KEY_ID: motoCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: motoCredentials.secretAccessKey,
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: "127.0.0.1",
    EVENKEEL_REHEARSAL: "true", // nothing has to be waited for
  };
}

/** Makes the home of the engines: without files of a developer, and without a place to install providers from. */
export function makeHome(work: string): void {
  const home = join(work, "home");
  const empty = join(home, "no-providers");
  mkdirSync(empty, { recursive: true, mode: 0o700 });
  writeFileSync(join(home, "cli.tfrc"), `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(empty)}\n  }\n}\n`);
}
