import { everywhere } from "./addresses";
import { placesOf, type Place, type Places } from "./places";
import { both, isNothing, nothing, type Opening } from "./opening";
import { Policies } from "./policies";
import { podsOf, type Pods } from "./pods";
import { allPorts, textsOf } from "./ports";
import { Ranges } from "./ranges";
import { SecurityGroups, type Group } from "./security-groups";
import { servicesOf, type Service } from "./services";
import { addressOf, WrittenStacks } from "./written-stacks";

/** Who talks, or is talked to. */
export type Node = ({ readonly kind: "pods" } & Pods) | ({ readonly kind: "service" } & Service) | ({ readonly kind: "place" } & Place);

/** Somebody reaches somebody. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** As in {@link textsOf}; `(part)` behind it where only some of the addresses are reached. */
  readonly port: string;
}

/** Who reaches whom in an environment, by nothing but what was synthesized for it. */
export class ReachabilityGraph {
  readonly nodes: readonly Node[];
  readonly policies: Policies;
  private readonly places: Places;
  private readonly groups: SecurityGroups;
  private readonly podGroups: readonly Group[];

  /**
   * @param json every stack's `cdk.tf.json`, parsed, by the stack's name
   * @param unwritten pods that no stack has a template of
   */
  constructor(json: Readonly<Record<string, unknown>>, unwritten: readonly Pods[]) {
    const stacks = new WrittenStacks(json);
    this.places = placesOf(stacks);
    this.groups = new SecurityGroups(stacks);
    this.policies = new Policies(stacks, this.places.podNetwork);
    this.podGroups = stacks.all("aws_eks_cluster").map(addressOf);
    const namespaces = stacks.all("kubernetes_namespace_v1").map(({ stack, name }) => {
      return stacks.literal(stack, `\${kubernetes_namespace_v1.${name}.metadata[0].name}`);
    });
    const known = [...podsOf(stacks), ...unwritten];
    this.nodes = [
      ...[...known, ...strangersTo(namespaces, known)].map((pods): Node => ({ kind: "pods", ...pods })),
      ...servicesOf(stacks, this.groups).map((service): Node => ({ kind: "service", ...service })),
      ...this.places.all.map((place): Node => ({ kind: "place", ...place })),
    ];
    const names = this.nodes.map(({ name }) => name);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    if (twice.length > 0) throw new Error(`two nodes are called ${twice.join(", ")}`);
  }

  /** Every edge that somebody asks for. */
  edges(asked: (from: Node, to: Node) => boolean): readonly Edge[] {
    const edges: Edge[] = [];
    for (const from of this.nodes) {
      for (const to of this.nodes) {
        if (asked(from, to)) edges.push(...this.between(from, to));
      }
    }
    return edges;
  }

  private between(from: Node, to: Node): readonly Edge[] {
    const { whole, part } = this.opening(from, to);
    const ports = [...textsOf(whole), ...textsOf(part).map((port) => `${port} (part)`)];
    return ports.map((port) => ({ from: from.name, to: to.name, port }));
  }

  private opening(from: Node, to: Node): Opening {
    if (from.kind === "place" && to.kind === "place") return nothing;
    const byPolicies = this.byPolicies(from, to);
    const isGrouped = from.kind === "service" || to.kind === "service";
    return isGrouped && !isNothing(byPolicies) ? both(byPolicies, this.byGroups(from, to)) : byPolicies;
  }

  private byPolicies(from: Node, to: Node): Opening {
    if (from.kind === "pods" && to.kind === "pods") {
      const sent = this.policies.withPods(from, "egress", to);
      return { whole: sent.empty ? sent : sent.and(this.policies.withPods(to, "ingress", from)), part: Ranges.none };
    }
    if (from.kind === "pods" && to.kind !== "pods") return this.policies.withAddresses(from, "egress", to.addresses);
    if (from.kind !== "pods" && to.kind === "pods") return this.policies.withAddresses(to, "ingress", from.addresses);
    return { whole: allPorts, part: Ranges.none };
  }

  /** Pods are in the cluster's own group; all are in one, so between them it allows everything. What is at an address is in none that is known. */
  private byGroups(from: Node, to: Node): Opening {
    if (from.kind === "place" && to.kind === "service") return this.groups.withAddresses(to.groups, "ingress", from.addresses);
    if (from.kind === "service" && to.kind === "place") return this.groups.withAddresses(from.groups, "egress", to.addresses);
    return this.betweenMembers(from, to);
  }

  /** Either side may name the other by its group, or by its addresses. */
  private betweenMembers(from: Node, to: Node): Opening {
    const [sender, receiver] = [this.member(from), this.member(to)];
    const side = (direction: "ingress" | "egress", own: typeof sender, other: typeof sender): Opening => {
      const named = this.groups.named(own.groups, direction, other.groups);
      const { whole, part } = this.groups.withAddresses(own.groups, direction, other.addresses);
      return { whole: Ranges.union([named, whole]), part: part.minus(named) };
    };
    return both(side("egress", sender, receiver), side("ingress", receiver, sender));
  }

  private member(node: Node): { readonly groups: readonly Group[]; readonly addresses: Ranges } {
    if (node.kind === "service") return node;
    if (node.kind === "pods") return { groups: this.podGroups, addresses: this.places.podNetwork };
    return { groups: [], addresses: everywhere };
  }
}

/** Name of pods that nobody knows of, in a namespace. */
export const stranger = "anybody else";

/** A namespace that nobody has written. */
export const elsewhere = "elsewhere";

/** Pods without a label, in every namespace. */
function strangersTo(namespaces: readonly string[], known: readonly Pods[]): readonly Pods[] {
  const all = new Set([...namespaces, ...known.map(({ namespace }) => namespace), elsewhere]);
  return [...all].map((namespace) => ({ name: `${namespace}/${stranger}`, namespace, labels: {}, ports: {} }));
}
