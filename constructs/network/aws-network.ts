import { ConfigurationError } from "../shared/errors";
import type { INetwork } from "./network";

/** Ids of subnets, one per zone, in the order of the environment's zones. */
export interface SubnetIds {
  /** For load balancers that face the internet and for NAT gateways. */
  readonly public: readonly string[];
  /** For nodes and pods; they reach the internet through NAT. */
  readonly private: readonly string[];
  /** For databases and caches; no way to the internet. */
  readonly data: readonly string[];
  /** For the control plane's interfaces and the endpoints of AWS services; no way to the internet. */
  readonly intra: readonly string[];
}

/** Network on AWS: a VPC, own or existing. */
export interface IAwsNetwork extends INetwork {
  readonly vpcId: string;
  readonly subnetIds: SubnetIds;
}

/** Narrows a network to one on AWS: variants of AWS cannot be built in another. */
export function onAws(network: INetwork, consumer: string): IAwsNetwork {
  if ("vpcId" in network && "subnetIds" in network) return network as IAwsNetwork;
  throw new ConfigurationError([
    { path: consumer, field: "network", value: network.node.path, limit: "a network on AWS", fix: "take it from the same catalog" },
  ]);
}
