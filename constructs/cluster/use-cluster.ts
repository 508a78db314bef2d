import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn, type TerraformStack } from "cdktf";
import { assertNever } from "../shared/errors";
import type { ClusterAccess, ExecAccess } from "./cluster";

/**
 * Gives a stack the `kubernetes` provider of a cluster. It is always explicit: an ambient kubeconfig must never
 * decide which cluster is changed. Never call this in the stack that makes the cluster.
 */
export function useCluster(stack: TerraformStack, access: ClusterAccess): void {
  const token = access.by === "exec" ? { exec: [tokenOf(access)] } : {};
  new KubernetesProvider(stack, "Kubernetes", { ...connection(access), ...token });
}

/** Gives a stack the `helm` provider of a cluster, as explicit as {@link useCluster}. */
export function useCharts(stack: TerraformStack, access: ClusterAccess): void {
  const token = access.by === "exec" ? { exec: tokenOf(access) } : {};
  new HelmProvider(stack, "Helm", { kubernetes: { ...connection(access), ...token } });
}

/** What both providers call alike. */
function connection(access: ClusterAccess) {
  switch (access.by) {
    case "kubeconfig":
      return { configPath: access.path, configContext: access.context };
    case "exec":
      return {
        host: access.endpoint,
        tlsServerName: access.tlsServerName,
        clusterCaCertificate: Fn.base64decode(access.certificateAuthority),
      };
    default:
      return assertNever(access);
  }
}

function tokenOf({ clusterName, region }: ExecAccess) {
  return {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["eks", "get-token", "--cluster-name", clusterName, "--region", region, "--output", "json"],
  };
}
