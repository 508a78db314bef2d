import type { IConstruct } from "constructs";

/** Where nodes and pods get their addresses: a VPC in the cloud, Kind's pod network on the laptop. */
export interface INetwork extends IConstruct {
  /** Block that pods get their addresses from. */
  readonly podCidr: string;
  /** Zones that a workload can spread over, as in the node label `topology.kubernetes.io/zone`. */
  readonly zones: readonly string[];
}
