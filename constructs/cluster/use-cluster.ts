import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn, type TerraformStack } from "cdktf";
import { assertNever } from "../shared/errors";
import type { ClusterAccess } from "./cluster";

/**
 * Gives a stack the `kubernetes` provider of a cluster. It is always explicit: an ambient kubeconfig must never
 * decide which cluster is changed. Never call this in the stack that makes the cluster.
 */
export function useCluster(stack: TerraformStack, access: ClusterAccess): void {
  switch (access.by) {
    case "kubeconfig":
      new KubernetesProvider(stack, "Kubernetes", { configPath: access.path, configContext: access.context });
      return;
    case "exec":
      new KubernetesProvider(stack, "Kubernetes", {
        host: access.endpoint,
        tlsServerName: access.tlsServerName,
        clusterCaCertificate: Fn.base64decode(access.certificateAuthority),
        exec: [
          {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["eks", "get-token", "--cluster-name", access.clusterName, "--region", access.region, "--output", "json"],
          },
        ],
      });
      return;
    default:
      assertNever(access);
  }
}
