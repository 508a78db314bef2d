import type { IConstruct } from "constructs";
import type { Installed } from "../addons/installed";

/** Where volumes come from whose claims name no class: EBS in the cloud, folders of the nodes on the laptop. */
export interface IStorageClass extends IConstruct, Installed {
  /** Name of the class, the same in every environment. */
  readonly storageClassName: string;
}
