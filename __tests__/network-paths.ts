import type { SynthesizedStack } from "./synthesized";

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: string; readonly protocol: string }[];
}

interface Peer {
  readonly ip_block?: { readonly cidr: string };
  readonly namespace_selector?: { readonly match_labels: Readonly<Record<string, string>> };
  readonly pod_selector?: { readonly match_labels: Readonly<Record<string, string>> };
}

interface Policy {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly policy_types: readonly string[]; readonly ingress?: readonly Rule[]; readonly egress?: readonly Rule[] };
}

/** Who may talk to whom by the NetworkPolicies of a stack, by the policies' names: a line for each peer, in the order of the code. */
export function networkPaths(stack: SynthesizedStack): Readonly<Record<string, readonly string[]>> {
  const policies = stack.all("kubernetes_network_policy_v1") as unknown as readonly Policy[];
  return Object.fromEntries(policies.map(({ metadata, spec }) => [metadata.name, linesOf(spec)]));
}

function linesOf({ policy_types, ingress = [], egress = [] }: Policy["spec"]): readonly string[] {
  const lines = [
    ...ingress.flatMap((rule) => told("from", rule.from ?? [], rule)),
    ...egress.flatMap((rule) => told("to", rule.to ?? [], rule)),
  ];
  return lines.length > 0 ? lines : [`nothing, ${policy_types.join(" and ")}`];
}

function told(direction: string, peers: readonly Peer[], { ports }: Rule): readonly string[] {
  const on = ports.map(({ port, protocol }) => (protocol === "TCP" ? port : `${port}/${protocol}`)).join(" ");
  return peers.map((peer) => `${direction} ${nameOf(peer)} ${on}`);
}

function nameOf({ ip_block, namespace_selector, pod_selector }: Peer): string {
  if (ip_block) return ip_block.cidr;
  const values = Object.values(pod_selector?.match_labels ?? {});
  return [...Object.values(namespace_selector?.match_labels ?? {}), ...values].join("/");
}
