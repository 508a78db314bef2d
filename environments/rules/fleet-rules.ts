import { overlap } from "../../constructs/network/cidr";
import type { Problem } from "../../constructs/shared/errors";
import type { AwsEnvironment, Environment } from "../environment";
import { bucketNames } from "./bucket-name-rules";
import { problem, type FleetRule } from "./rule";

interface Block {
  readonly environment: Environment;
  readonly field: string;
  readonly cidr: string;
  /** Several environments may be behind one VPN: its blocks may repeat. */
  readonly shared: boolean;
}

/** Blocks that a VPN or a peering joins are disjoint. Service blocks of EKS never leave their cluster and may repeat. */
const addresses: FleetRule = {
  reads: ["kind.podCidr", "kind.serviceCidr", "network.vpc", "network.cidr", "cluster.endpoint"],
  check: (environments) => {
    const blocks = environments.flatMap(routedBlocks);
    return blocks.flatMap((block, index) =>
      blocks
        .slice(0, index)
        .filter((other) => other.environment !== block.environment && !(block.shared && other.shared) && overlap(block.cidr, other.cidr))
        .map((other) =>
          problem(
            block.environment,
            block.field,
            block.cidr,
            `apart from ${other.environment.name}'s ${other.field} ${other.cidr}`,
            "choose another block",
          ),
        ),
    );
  },
};

function routedBlocks(environment: Environment): readonly Block[] {
  switch (environment.target) {
    case "local":
      // The laptop may be on the VPN of the cloud environments.
      return [
        { environment, field: "kind.podCidr", cidr: environment.kind.podCidr, shared: false },
        { environment, field: "kind.serviceCidr", cidr: environment.kind.serviceCidr, shared: false },
      ];
    case "aws":
      return [
        { environment, field: "network.cidr", cidr: environment.network.cidr, shared: false },
        ...vpnCidrs(environment).map((cidr, index) => ({
          environment,
          field: `cluster.endpoint.reach.cidrs.${index}`,
          cidr,
          shared: true,
        })),
      ];
  }
}

function vpnCidrs({ cluster: { endpoint } }: AwsEnvironment): readonly string[] {
  return endpoint.access === "private" && endpoint.reach.by === "vpn" ? endpoint.reach.cidrs : [];
}

const fleetRules: readonly FleetRule[] = [addresses, bucketNames];

/** An environment by the rules that may read it, whatever else is wrong with it. */
export type Neighbour = ReadonlyMap<FleetRule, Environment>;

/** The rules that may compare an environment with others, given whether some of its fields are well-formed. */
export function neighbour(environment: Environment, wellFormed: (fields: readonly string[]) => boolean): Neighbour {
  return new Map(fleetRules.filter(({ reads }) => wellFormed(["target", ...reads])).map((rule) => [rule, environment]));
}

/** What is wrong with the chosen environments together. */
export function fleetProblems(neighbours: readonly Neighbour[]): readonly Problem[] {
  return fleetRules.flatMap((rule) => rule.check(neighbours.flatMap((one) => one.get(rule) ?? [])));
}
