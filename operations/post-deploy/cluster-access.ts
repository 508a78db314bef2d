import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awsNames, localNames } from "../../constructs/shared/naming";
import type { AwsEnvironment, LocalEnvironment } from "../../environments/environment";
import { failureOf } from "../checks/check";
import { LocalFolder } from "../local-folder";
import { OperationError } from "../operation-error";
import type { CommandRunner } from "../run-command";

/** How kubectl reaches the cluster of an environment. */
export interface KubectlAccess {
  /** Name the kubeconfig and the context. */
  readonly flags: readonly string[];
  /** Takes away what was made for it. */
  close(): void;
}

/** By the kubeconfig that Kind has written into the environment's folder. @param stackFolder folder of any stack */
export function localKubectlAccess(environment: LocalEnvironment, stackFolder: string): KubectlAccess {
  const { kubeconfig } = new LocalFolder(environment, stackFolder);
  return { flags: ["--kubeconfig", kubeconfig, "--context", localNames(environment).kubeContext], close: () => undefined };
}

/**
 * By a kubeconfig that the AWS CLI writes into a private folder: the reader's own stays as it is.
 * @throws OperationError when AWS does not tell how to reach the cluster
 */
export async function awsKubectlAccess(environment: AwsEnvironment, run: CommandRunner): Promise<KubectlAccess> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-kubeconfig-"));
  const close = () => rmSync(folder, { recursive: true, force: true });
  const kubeconfig = join(folder, "kubeconfig");
  const { cluster } = awsNames(environment);
  const name = ["--name", cluster, "--alias", cluster, "--region", environment.region];
  const result = await run("aws", ["eks", "update-kubeconfig", ...name, "--kubeconfig", kubeconfig], { seconds: 30 });
  if (result.outcome !== "ended" || result.exitCode !== 0) {
    close();
    throw new OperationError(
      `aws eks update-kubeconfig failed: ${failureOf(result)}. Is the cluster layer of ${environment.name} deployed?`,
    );
  }
  return { flags: ["--kubeconfig", kubeconfig, "--context", cluster, ...tunnelFlags(environment)], close };
}

/** The certificate of an API server behind a tunnel has another name than the tunnel's end. */
function tunnelFlags({ cluster: { endpoint } }: AwsEnvironment): readonly string[] {
  if (endpoint.access !== "private" || endpoint.reach.by !== "tunnel") return [];
  return ["--server", `https://${endpoint.reach.address}`, "--tls-server-name", endpoint.reach.tlsServerName];
}
