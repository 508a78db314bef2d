import { blockOf } from "./addresses";
import { text } from "./fields";
import type { Direction } from "./network-policy";
import type { Opening } from "./opening";
import { allPorts, portRange } from "./ports";
import { Ranges } from "./ranges";
import { addressOf, type WrittenStacks } from "./written-stacks";

/** Name of a security group: its resource's address, or the cluster's whose own group it is. */
export type Group = string;

interface Rule {
  readonly group: Group;
  readonly direction: Direction;
  readonly ports: Ranges;
  readonly peer: Group | Ranges;
}

/** Rules of security groups: they add up, and what no rule allows is denied. */
export class SecurityGroups {
  private readonly rules: readonly Rule[];

  constructor(private readonly stacks: WrittenStacks) {
    this.refuseOthers();
    this.rules = [...this.writtenRules(), ...this.clusterRules()];
  }

  /** The group that a reference means. */
  group(stack: string, reference: unknown): Group {
    const { resource, attribute } = this.stacks.target(stack, reference) ?? {};
    const isGroup = resource?.type === "aws_security_group" || attribute === "vpc_config[0].cluster_security_group_id";
    if (resource && isGroup) return addressOf(resource);
    throw new Error(`${stack}: ${JSON.stringify(reference)} is no security group that is known`);
  }

  /** Ports on which members of groups may talk to addresses, or be talked to from there. */
  withAddresses(groups: readonly Group[], direction: Direction, addresses: Ranges): Opening {
    const rules = this.rulesOf(groups, direction).flatMap(({ peer, ports }) => (typeof peer === "string" ? [] : [{ peer, ports }]));
    const portsOf = (some: typeof rules) => Ranges.union(some.map(({ ports }) => ports));
    const whole = portsOf(rules.filter(({ peer }) => peer.covers(addresses)));
    return { whole, part: portsOf(rules.filter(({ peer }) => peer.meets(addresses))).minus(whole) };
  }

  /** Ports that members of groups open to those of others, by the groups' names. */
  named(groups: readonly Group[], direction: Direction, others: readonly Group[]): Ranges {
    const rules = this.rulesOf(groups, direction).filter(({ peer }) => typeof peer === "string" && others.includes(peer));
    return Ranges.union(rules.map(({ ports }) => ports));
  }

  private rulesOf(groups: readonly Group[], direction: Direction): readonly Rule[] {
    return this.rules.filter((rule) => rule.direction === direction && groups.includes(rule.group));
  }

  private writtenRules(): readonly Rule[] {
    return (["ingress", "egress"] as const).flatMap((direction) =>
      this.stacks.all(`aws_vpc_security_group_${direction}_rule`).map(({ stack, values }): Rule => {
        const { cidr_ipv4, from_port, ip_protocol, referenced_security_group_id, security_group_id, to_port } = values;
        return {
          direction,
          group: this.group(stack, security_group_id),
          ports: ip_protocol === "-1" ? allPorts : portRange(Number(from_port), Number(to_port), text(ip_protocol).toUpperCase()),
          peer: referenced_security_group_id === undefined ? blockOf(cidr_ipv4) : this.group(stack, referenced_security_group_id),
        };
      }),
    );
  }

  /** What EKS writes into a cluster's own group (EKS user guide, "Amazon EKS security group requirements"). */
  private clusterRules(): readonly Rule[] {
    return this.stacks
      .all("aws_eks_cluster")
      .map(addressOf)
      .flatMap((group): readonly Rule[] => [
        { group, direction: "ingress", ports: allPorts, peer: group },
        { group, direction: "egress", ports: allPorts, peer: blockOf("0.0.0.0/0") },
      ]);
  }

  /** Whoever opens a group in another way is not overlooked. */
  private refuseOthers(): void {
    const inside = this.stacks
      .all("aws_security_group", "aws_default_security_group")
      .filter(({ values }) => values.ingress ?? values.egress);
    const [first] = [...this.stacks.all("aws_security_group_rule"), ...inside];
    if (first) throw new Error(`${addressOf(first)} has rules that are not read here`);
  }
}
