import type { IConstruct } from "constructs";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import type { INetwork } from "../network/network";

/** What adds nodes when pods find no room, and takes them away again. */
export interface INodeScaling extends IConstruct, Installed {
  /** Node groups that get more nodes than their own, by name. */
  readonly growingGroups: readonly string[];
}

export interface NodeScalingProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  /** Network that the nodes are in. */
  readonly network: INetwork;
}
