import { block, text, textsByKey } from "./fields";
import { policyOf, type Direction, type NetworkPolicy, type Rule } from "./network-policy";
import { nothing, type Opening } from "./opening";
import type { Pods } from "./pods";
import { allPorts } from "./ports";
import { Ranges } from "./ranges";
import type { Labels } from "./selectors";
import { addressOf, type WrittenStacks } from "./written-stacks";

interface NamedPolicy extends NetworkPolicy {
  readonly name: string;
}

/** NetworkPolicies as Kubernetes reads them: they add up, and pods that none selects are open. */
export class Policies {
  private readonly policies: readonly NamedPolicy[];
  private readonly labelsOfNamespaces: ReadonlyMap<string, Labels>;
  private readonly selected: Readonly<Record<Direction, Map<Pods, readonly Rule[] | undefined>>> = {
    ingress: new Map(),
    egress: new Map(),
  };

  /** @param podNetwork where pods have their addresses: a block that meets it means pods, too, as network plugins go by addresses */
  constructor(
    stacks: WrittenStacks,
    private readonly podNetwork: Ranges,
  ) {
    refuseOthers(stacks);
    this.labelsOfNamespaces = new Map(
      stacks.all("kubernetes_namespace_v1").map(({ values }) => {
        const { name, labels } = block(values.metadata);
        return [text(name), { ...textsByKey(labels), ...nameLabel(text(name)) }];
      }),
    );
    this.policies = stacks.all("kubernetes_network_policy_v1").map((written) => {
      const { namespace = "default" } = block(written.values.metadata);
      return { name: addressOf(written), ...policyOf(stacks.literal(written.stack, namespace), block(written.values.spec)) };
    });
  }

  /** On which ports pods may talk to other pods, or be talked to. */
  withPods(pods: Pods, direction: Direction, other: Pods): Ranges {
    const rules = this.rulesOf(pods, direction);
    if (!rules) return allPorts;
    const listening = direction === "egress" ? other : pods;
    return Ranges.union(rules.filter((rule) => this.means(rule, pods.namespace, other)).map((rule) => rule.portsAt(listening)));
  }

  /** On which ports pods may talk to addresses, or be talked to from there. */
  withAddresses(pods: Pods, direction: Direction, addresses: Ranges): Opening {
    const rules = this.rulesOf(pods, direction);
    if (!rules) return { ...nothing, whole: allPorts };
    const portsOf = (some: readonly Rule[]) =>
      Ranges.union(some.map((rule) => (direction === "ingress" ? rule.portsAt(pods) : rule.portsAt())));
    const whole = portsOf(rules.filter((rule) => rule.everybody || rule.addresses.covers(addresses)));
    const some = portsOf(rules.filter((rule) => rule.addresses.meets(addresses)));
    return { whole, part: some.minus(whole) };
  }

  /** Policies that mean pods by labels that none of some pods have. */
  withoutPodsAmong(known: readonly Pods[]): readonly string[] {
    return this.policies
      .filter((policy) => {
        const peers = Object.values(policy.rules).flatMap((rules) => rules.flatMap(({ podPeers }) => podPeers));
        const alone = peers.map((peer): Rule => ({ everybody: false, podPeers: [peer], addresses: Ranges.none, portsAt: () => allPorts }));
        return (
          !known.some((pods) => isSelected(policy, pods)) ||
          alone.some((rule) => !known.some((pods) => this.means(rule, policy.namespace, pods)))
        );
      })
      .map(({ name }) => name);
  }

  /** Undefined where no policy selects the pods: then everything is open. */
  private rulesOf(pods: Pods, direction: Direction): readonly Rule[] | undefined {
    const known = this.selected[direction];
    if (!known.has(pods)) {
      const selecting = this.policies.filter((policy) => policy.rules[direction] && isSelected(policy, pods));
      known.set(pods, selecting.length > 0 ? selecting.flatMap(({ rules }) => rules[direction] ?? []) : undefined);
    }
    return known.get(pods);
  }

  private means({ addresses, everybody, podPeers }: Rule, ownNamespace: string, { labels, namespace }: Pods): boolean {
    if (everybody || addresses.meets(this.podNetwork)) return true;
    return podPeers.some(({ namespaces, pods }) => {
      const inNamespace = namespaces ? namespaces(this.labelsOf(namespace)) : namespace === ownNamespace;
      return inNamespace && pods(labels);
    });
  }

  private labelsOf(namespace: string): Labels {
    return this.labelsOfNamespaces.get(namespace) ?? nameLabel(namespace);
  }
}

/** Every namespace has it. */
function nameLabel(namespace: string): Labels {
  return { "kubernetes.io/metadata.name": namespace };
}

/** Whoever opens a path in another way is not overlooked. */
function refuseOthers(stacks: WrittenStacks): void {
  const [other] = stacks.resources.filter(
    ({ type, values }) =>
      (type.includes("network_policy") && type !== "kubernetes_network_policy_v1") ||
      (["kubernetes_manifest", "helm_release"].includes(type) && JSON.stringify(values).includes("NetworkPolicy")),
  );
  if (other) throw new Error(`${addressOf(other)} brings a policy that is not read here`);
}

function isSelected({ namespace, pods }: NetworkPolicy, candidate: Pods): boolean {
  return namespace === candidate.namespace && pods(candidate.labels);
}
