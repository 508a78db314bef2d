import type { EnvironmentJson } from "../environment-json";
import { is, isAbsent, must, mustBound, type Finding } from "../finding";
import type { Parts } from "../parts";
import type { Place } from "../place";
import { required } from "./required";

/** The namespace of a workload that uses everything: the rule who may reach what lives in the consumer's layer, too. */
const consumer = ["data/ChecksNamespace"];

/** What {@link namespacesDeny} says about a capability, and about the namespace of those who use it. */
export function denied(own: Parts, environment: EnvironmentJson): readonly Finding[] {
  return [...namespacesDeny(own), ...namespacesDeny(environment.below(consumer))];
}

/** What {@link peersAreNamed} says about a capability, and about those who use it. */
export function peersNamed(own: Parts, environment: EnvironmentJson): readonly Finding[] {
  return [...peersAreNamed(own, environment), ...peersAreNamed(environment.below(consumer), environment)];
}

const policyType = "kubernetes_network_policy_v1";

/** Every namespace denies its pods what no policy allows, both ways. */
export function namespacesDeny(own: Parts): readonly Finding[] {
  return own.all("kubernetes_namespace_v1").flatMap((namespace) => {
    const policies = own.of(policyType, ["metadata", "namespace"], namespace);
    const denials = policies.filter((policy) => policy.at("metadata", "name").value === "default-deny");
    return required(namespace, denials, "policy default-deny", (policy) => [
      must(policy.at("spec", "pod_selector"), is({})),
      must(policy.at("spec", "policy_types"), is(["Ingress", "Egress"])),
      must(policy.at("spec", "ingress"), isAbsent),
      must(policy.at("spec", "egress"), isAbsent),
    ]);
  });
}

/** Whatever lets pods of the namespaces talk says with whom: nobody is anybody. */
export function peersAreNamed(own: Parts, environment: EnvironmentJson): readonly Finding[] {
  const names = own.all("kubernetes_namespace_v1").map((namespace) => namespace.at("metadata", "name").value);
  const isInside = (policy: Place) => names.includes(policy.at("metadata", "namespace").value);
  return environment.parts
    .all(policyType)
    .filter(isInside)
    .flatMap((policy) => [...rules(policy, "ingress", "from"), ...rules(policy, "egress", "to")]);
}

function rules(policy: Place, direction: "ingress" | "egress", end: "from" | "to"): readonly Finding[] {
  return policy
    .at("spec", direction)
    .items()
    .map((rule) => mustBound(rule.at(end), areNamed));
}

/** Pods by their namespace, or addresses that are not all of them; a service on the internet may be anywhere but in private networks. */
function areNamed(peers: unknown): boolean {
  return (
    Array.isArray(peers) &&
    peers.length > 0 &&
    peers.every((peer: Peer) => {
      const labels = Object.keys(peer.namespace_selector?.match_labels ?? {});
      return labels.includes("kubernetes.io/metadata.name") || (peer.ip_block !== undefined && isBounded(peer.ip_block));
    })
  );
}

interface Peer {
  readonly namespace_selector?: { readonly match_labels?: Readonly<Record<string, string>> };
  readonly ip_block?: { readonly cidr?: string; readonly except?: readonly string[] };
}

function isBounded({ cidr = "", except = [] }: NonNullable<Peer["ip_block"]>): boolean {
  return /^\d+\.\d+\.\d+\.\d+\/\d+$/.test(cidr) && (!cidr.endsWith("/0") || except.includes("10.0.0.0/8"));
}
