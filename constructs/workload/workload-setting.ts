import type { Construct } from "constructs";
import type { Application } from "../../applications/application";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICache } from "../cache/cache";
import type { ICluster } from "../cluster/cluster";
import type { IDatabase } from "../database/database";
import type { IWorkloadIdentity, WorkloadIdentityProps } from "../identity/workload-identity";
import type { IIngress } from "../ingress/ingress";
import type { IObjectStore } from "../object-store/object-store";
import type { IRegistry } from "../registry/registry";
import type { ISecretStore } from "../secrets/secret-store";
import type { PriorityClasses } from "./priority-classes";
import type { QueueReader } from "./queue-reader";

/** What every workload of an environment is made with: the capabilities, whatever their variant. */
export interface WorkloadSetting {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  readonly registry: IRegistry;
  readonly secretStore: ISecretStore;
  readonly ingress: IIngress;
  readonly database: IDatabase;
  readonly cache: ICache;
  readonly objectStore: IObjectStore;
  readonly priorities: PriorityClasses;
  /** Who reads queues. @default nobody: no workload is scaled by one */
  readonly queues?: QueueReader;
  /** Every application of the environment: connections lead from one to another. */
  readonly applications: readonly Application[];
  /** Makes the identity of a service account. */
  identity(
    scope: Construct,
    id: string,
    account: Pick<WorkloadIdentityProps, "namespace" | "serviceAccount" | "purpose" | "statements">,
  ): IWorkloadIdentity;
}
