import { Construct } from "constructs";
import type { PlatformSetting } from "../addons/platform-setting";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { IObjectStore } from "../object-store/object-store";
import { telemetryBucketNames } from "../shared/naming";
import type { IStorageClass } from "../storage/storage-class";
import { Alloy } from "./alloy";
import { Loki } from "./loki";

export interface LogsProps {
  readonly setting: PlatformSetting;
  /** Namespace of what watches the platform. */
  readonly namespace: GuardedNamespace;
  readonly storageClass: IStorageClass;
  /** Where logs are kept. */
  readonly store: IObjectStore;
  /** What {@link lokiAccount} may do. */
  readonly identity: IWorkloadIdentity;
  /** Most nodes that the cluster grows to. */
  readonly mostNodes: number;
}

/** What pods write: who collects it, and where it is kept. */
export class Logs extends Construct {
  constructor(scope: Construct, id: string, { setting, namespace, storageClass, store, identity, mostNodes }: LogsProps) {
    super(scope, id);
    new Loki(this, "Loki", { setting, namespace, bucket: store.bucket(telemetryBucketNames.logs), identity, storageClass });
    new Alloy(this, "Alloy", { setting, mostNodes });
  }
}
