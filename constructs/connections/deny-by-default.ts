import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import type { Pods } from "./path";

/**
 * Denies some pods everything that no path allows, both ways. For pods in `kube-system`, which as a namespace denies nothing.
 * @param owner first part of the policy's name: whose pods these are
 */
export function denyByDefault(scope: Construct, id: string, owner: string, pods: Pods): Installed {
  const policy = new NetworkPolicyV1(scope, id, {
    metadata: { name: `${owner}-default-deny`, namespace: pods.namespace },
    spec: { podSelector: { matchLabels: { ...pods.labels } }, policyTypes: ["Ingress", "Egress"] },
  });
  return { installed: [policy] };
}
