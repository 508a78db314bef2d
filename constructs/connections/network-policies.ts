import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { dependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { namespacesBeside } from "../namespaces/guarded-namespace";
import { ConfigurationError } from "../shared/errors";
import { requireName } from "../shared/kubernetes-names";
import type { End, Path, PlaceName, Pods, Port } from "./path";
import type { Block, Place, Places } from "./places";

export interface NetworkPoliciesProps {
  /** First part of the policies' names: whose paths these are. */
  readonly owner: string;
  readonly places: Places;
  readonly paths: readonly Path[];
}

interface Rule {
  readonly peers: readonly object[];
  readonly ports: readonly Port[];
}

interface Rules {
  readonly pods: Pods;
  readonly ingress: Rule[];
  readonly egress: Rule[];
}

/** Paths as NetworkPolicies: one for each set of pods at either end, in the namespace of those pods. Both ends of a path have to be open. */
export class NetworkPolicies extends Construct {
  /** Escape hatch. */
  readonly resources: readonly NetworkPolicyV1[];
  private readonly props: NetworkPoliciesProps;

  /** @throws ConfigurationError when the target has no such place, or a path names no port */
  constructor(scope: Construct, id: string, props: NetworkPoliciesProps) {
    super(scope, id);
    this.props = props;
    const rules = [...this.rules().values()];
    this.resources = rules.map((each) => this.policy(each, nameOf(each.pods, rules)));
  }

  private rules(): ReadonlyMap<string, Rules> {
    const byPods = new Map<string, Rules>();
    const rulesOf = (pods: Pods) => {
      const key = [pods.namespace, ...labelsOf(pods)].join("/");
      const rules = byPods.get(key) ?? { pods, ingress: [], egress: [] };
      byPods.set(key, rules);
      return rules;
    };
    for (const path of this.props.paths) {
      const ports = this.portsOf(path);
      if (isPods(path.from)) rulesOf(path.from).egress.push({ peers: this.peers(path.to), ports });
      if (isPods(path.to)) rulesOf(path.to).ingress.push({ peers: this.peers(path.from), ports });
    }
    return byPods;
  }

  private portsOf({ to, ports }: Path): readonly Port[] {
    const found = ports ?? (typeof to === "string" ? this.place(to).ports : []);
    if (found.length > 0) return found;
    throw new ConfigurationError([
      { path: this.node.path, field: "ports", value: ports, limit: "at least one port", fix: "name what the receiving end listens on" },
    ]);
  }

  private place(name: PlaceName): Place {
    const place = this.props.places[name];
    // A rule without a peer would admit everybody.
    if (place && !(isBlocks(place.at) && place.at.length === 0)) return place;
    throw new ConfigurationError([
      { path: this.node.path, field: "path", value: name, limit: "a place that this target has", fix: "ask the catalog for what differs" },
    ]);
  }

  private peers(end: End): readonly object[] {
    const at = this.at(end);
    if (isBlocks(at)) return at.map(({ cidr, except }) => ({ ipBlock: { cidr, ...(except ? { except: [...except] } : {}) } }));
    return [
      {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": at.namespace } },
        podSelector: { matchLabels: { ...at.labels } },
      },
    ];
  }

  private at(end: End): Place["at"] {
    if (isPods(end)) return end;
    return typeof end === "string" ? this.place(end).at : end.cidrs.map((cidr) => ({ cidr }));
  }

  private policy({ pods, ingress, egress }: Rules, name: string): NetworkPolicyV1 {
    const portsOf = (ports: readonly Port[]) => ports.map(({ port, protocol }) => ({ port: String(port), protocol: protocol ?? "TCP" }));
    const policy = new NetworkPolicyV1(this, joined(pods.namespace, name), {
      metadata: { name: requireName(this, "policy", joined(this.props.owner, name), "object"), namespace: pods.namespace },
      spec: {
        podSelector: { matchLabels: { ...pods.labels } },
        policyTypes: [...(ingress.length > 0 ? ["Ingress"] : []), ...(egress.length > 0 ? ["Egress"] : [])],
        ...(ingress.length > 0 ? { ingress: ingress.map(({ peers, ports }) => ({ from: [...peers], ports: portsOf(ports) })) } : {}),
        ...(egress.length > 0 ? { egress: egress.map(({ peers, ports }) => ({ to: [...peers], ports: portsOf(ports) })) } : {}),
      },
    });
    policy.dependsOn = Lazy.listValue({ produce: () => this.before(pods) }, { omitEmpty: true });
    return policy;
  }

  /** There is no place for a policy before its namespace, which may be made after the path that leads there: asked for at the end. */
  private before({ namespace }: Pods): string[] {
    return namespacesBeside(this, namespace).map(({ resource }) => dependable(resource));
  }
}

function isPods(end: End): end is Pods {
  return typeof end === "object" && "namespace" in end;
}

function isBlocks(at: Place["at"]): at is readonly Block[] {
  return Array.isArray(at);
}

/** Pods by the values of their labels; with the keys where other pods of the same namespace have the same values. */
function nameOf(pods: Pods, all: readonly Rules[]): string {
  const byValues = (some: Pods) => dashed(labelsOf(some).map((label) => label.slice(label.indexOf("=") + 1)));
  const twins = all.filter((other) => other.pods.namespace === pods.namespace && byValues(other.pods) === byValues(pods));
  return twins.length > 1 ? dashed(labelsOf(pods)) : byValues(pods);
}

/** What is no letter or digit separates; names of policies are in lower case. */
function dashed(labels: readonly string[]): string {
  return labels
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
}

function joined(...parts: readonly string[]): string {
  return parts.filter(Boolean).join("-");
}

function labelsOf({ labels = {} }: Pods): readonly string[] {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort();
}
