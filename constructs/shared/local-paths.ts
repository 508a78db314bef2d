import type { Environment } from "../../environments/environment";

/**
 * Files of an environment on the machine that deploys it, as seen from a stack's folder `cdktf.out/stacks/<stack>`.
 * They are outside of `cdktf.out`, where cdktf-cli deletes the stacks of other selections, and relative, so that the output
 * is the same wherever the project lies.
 */
export function localPaths(environment: Pick<Environment, "name">) {
  const folder = `../../../.state/${environment.name}`;
  return {
    folder,
    state: (layer: string) => `${folder}/${layer}.tfstate`,
    kubeconfig: `${folder}/kubeconfig`,
    /** Credentials of the local state store, in the format of the AWS CLI. */
    credentials: `${folder}/credentials`,
  };
}
