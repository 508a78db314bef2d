import { overlap } from "../../constructs/network/cidr";
import type { Problem } from "../../constructs/shared/errors";
import type { AwsEnvironment, Environment } from "../environment";
import { problem } from "./rule";

/** Fields that {@link fleetProblems} reads. */
export const addressFields = ["kind.podCidr", "kind.serviceCidr", "network.vpc", "network.cidr", "cluster.endpoint"];

interface Block {
  readonly environment: Environment;
  readonly field: string;
  readonly cidr: string;
  /** Several environments may be behind one VPN: its blocks may repeat. */
  readonly shared: boolean;
}

/**
 * What the chosen environments must satisfy together: blocks that a VPN or a peering joins are disjoint.
 * Service blocks of EKS never leave their cluster and may repeat.
 */
export function fleetProblems(environments: readonly Environment[]): readonly Problem[] {
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
}

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
