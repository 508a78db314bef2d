import type { Arguments } from "../../operations/terraform-json";
import type { SynthesizedVariant } from "../every-variant";

type Labels = Readonly<Record<string, string>>;
interface Selector {
  readonly match_labels?: Labels;
}

/** Who is meant by a rule. */
export interface Peer {
  readonly ip_block?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly namespace_selector?: Selector;
  readonly pod_selector?: Selector;
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: string; readonly protocol: string }[];
}

/** A NetworkPolicy as it was synthesized, with its namespace's name. */
export interface Policy {
  /** Name of the resource in its stack. */
  readonly address: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly types: readonly string[];
  readonly ingress: readonly Rule[];
  readonly egress: readonly Rule[];
}

/** One end of a path between pods, as one policy opens it. */
export interface End {
  readonly direction: "ingress" | "egress";
  readonly from: { readonly namespace: string; readonly labels: Labels };
  readonly to: { readonly namespace: string; readonly labels: Labels };
  /** `<protocol> <port>` */
  readonly port: string;
}

/** Names of the namespaces that a variant makes. */
export function namespacesOf({ resources }: SynthesizedVariant): readonly string[] {
  return resources.filter(({ type }) => type === "kubernetes_namespace_v1").map(({ values }) => (values.metadata as { name: string }).name);
}

/** Every NetworkPolicy of a variant. */
export function policiesOf({ stacks }: SynthesizedVariant): readonly Policy[] {
  return Object.values(stacks).flatMap(({ resources }) => {
    const names = new Map(
      resources.map(({ type, name, values }) => [
        `\${${type}.${name}.metadata[0].name}`,
        (values.metadata as { name?: string } | undefined)?.name,
      ]),
    );
    return resources
      .filter(({ type }) => type === "kubernetes_network_policy_v1")
      .map(({ name: address, values }) => policyOf(address, values, (given) => names.get(given) ?? given));
  });
}

function policyOf(address: string, { metadata, spec }: Arguments, resolved: (namespace: string) => string): Policy {
  const { name, namespace } = metadata as { name: string; namespace: string };
  const { pod_selector, policy_types, ingress, egress } = spec as {
    readonly pod_selector: Selector;
    readonly policy_types: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
  return {
    address,
    name,
    namespace: resolved(namespace),
    labels: pod_selector.match_labels ?? {},
    types: policy_types,
    ingress: ingress ?? [],
    egress: egress ?? [],
  };
}

/** The ends of all paths between pods that policies open. */
export function endsOf(policies: readonly Policy[]): readonly End[] {
  return policies.flatMap(({ namespace, labels, ingress, egress }) => {
    const own = { namespace, labels };
    return [
      ...ingress.flatMap(({ from = [], ports }) => ports.flatMap((port) => podsOf(from).map((other) => end("ingress", other, own, port)))),
      ...egress.flatMap(({ to = [], ports }) => ports.flatMap((port) => podsOf(to).map((other) => end("egress", own, other, port)))),
    ];
  });
}

function end(direction: End["direction"], from: End["from"], to: End["to"], { port, protocol }: Rule["ports"][number]): End {
  return { direction, from, to, port: `${protocol} ${port}` };
}

function podsOf(peers: readonly Peer[]): readonly End["from"][] {
  return peers.flatMap(({ namespace_selector, pod_selector }) => {
    const namespace = namespace_selector?.match_labels?.["kubernetes.io/metadata.name"];
    return namespace === undefined ? [] : [{ namespace, labels: pod_selector?.match_labels ?? {} }];
  });
}

/** Whether a path that is open at one end is open at the other, too: there pods with these labels at least are meant. */
export function meets(one: End, other: End): boolean {
  return one.direction !== other.direction && one.port === other.port && selects(other.from, one.from) && selects(other.to, one.to);
}

function selects(selector: End["from"], pods: End["from"]): boolean {
  return selector.namespace === pods.namespace && Object.entries(selector.labels).every(([key, value]) => pods.labels[key] === value);
}
