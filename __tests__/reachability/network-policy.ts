import { blockOf } from "./addresses";
import { block, blocks, text, texts, type Fields } from "./fields";
import type { Pods } from "./pods";
import { allPorts, portRange } from "./ports";
import { Ranges } from "./ranges";
import { selectorOf, type Selector } from "./selectors";

export type Direction = "ingress" | "egress";

/** Somebody by whom a rule means pods. */
export interface PodPeer {
  /** Labels of their namespaces. @default the policy's own namespace */
  readonly namespaces?: Selector;
  readonly pods: Selector;
}

/** A rule of a policy: it opens ports to all of its peers. */
export interface Rule {
  /** Without a peer, a rule is about everybody. */
  readonly everybody: boolean;
  readonly podPeers: readonly PodPeer[];
  readonly addresses: Ranges;
  /** Its ports; one that has a name is that of the pods that listen. */
  portsAt(listening?: Pods): Ranges;
}

/** A NetworkPolicy. */
export interface NetworkPolicy {
  readonly namespace: string;
  /** Which pods of its namespace it is about. */
  readonly pods: Selector;
  /** Of a direction that is missing it says nothing. */
  readonly rules: Readonly<Partial<Record<Direction, readonly Rule[]>>>;
}

/** Stacks that are compared one after the other differ in one place: what they share is read once. */
const known = new WeakMap<Fields, Omit<NetworkPolicy, "namespace">>();

/** A policy from its specification in Terraform. */
export function policyOf(namespace: string, spec: Fields): NetworkPolicy {
  const policy = known.get(spec) ?? specified(spec);
  known.set(spec, policy);
  return { namespace, ...policy };
}

function specified(spec: Fields): Omit<NetworkPolicy, "namespace"> {
  const types = texts(spec.policy_types);
  const named = types.length > 0;
  const ingress = named ? types.includes("Ingress") : true;
  const egress = named ? types.includes("Egress") : spec.egress !== undefined;
  return {
    pods: selectorOf(spec.pod_selector),
    rules: {
      ...(ingress ? { ingress: blocks(spec.ingress).map(({ from, ports }) => ruleOf(from, ports)) } : {}),
      ...(egress ? { egress: blocks(spec.egress).map(({ to, ports }) => ruleOf(to, ports)) } : {}),
    },
  };
}

function ruleOf(peers: unknown, ports: unknown): Rule {
  const all = blocks(peers);
  const byAddress = all.filter(({ ip_block }) => ip_block !== undefined);
  const listed = blocks(ports);
  const isNamed = listed.some(({ port }) => Number.isNaN(Number(port ?? 0)));
  const portsAt = (listening?: Pods) => (listed.length > 0 ? Ranges.union(listed.map((port) => portsOf(port, listening))) : allPorts);
  const known = isNamed ? undefined : portsAt();
  return {
    everybody: all.length === 0,
    podPeers: all.filter((peer) => !byAddress.includes(peer)).map(podPeerOf),
    addresses: Ranges.union(byAddress.map(({ ip_block }) => addressesOf(block(ip_block)))),
    portsAt: (listening) => known ?? portsAt(listening),
  };
}

function podPeerOf({ namespace_selector, pod_selector }: Fields): PodPeer {
  if (namespace_selector === undefined && pod_selector === undefined) throw new Error("a policy has a peer that names nobody");
  return { ...(namespace_selector === undefined ? {} : { namespaces: selectorOf(namespace_selector) }), pods: selectorOf(pod_selector) };
}

function addressesOf({ cidr, except }: Fields): Ranges {
  return blockOf(cidr).minus(Ranges.union(texts(except).map(blockOf)));
}

function portsOf({ port, end_port, protocol = "TCP" }: Fields, listening?: Pods): Ranges {
  const ofProtocol = portRange(0, 65_535, text(protocol));
  if (port === undefined) return ofProtocol;
  const number = Number(port);
  if (Number.isNaN(number)) return (listening?.ports[String(port)] ?? Ranges.none).and(ofProtocol);
  return portRange(number, Number(end_port ?? number), text(protocol));
}
