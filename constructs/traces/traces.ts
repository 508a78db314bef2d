import { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import { Manifests } from "../addons/manifests";
import type { PlatformSetting } from "../addons/platform-setting";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { imageEntries } from "../ledger/images";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { IObjectStore } from "../object-store/object-store";
import { telemetryBucketNames } from "../shared/naming";
import type { IStorageClass } from "../storage/storage-class";
import { agentImages } from "./agent-images";
import { instrumentation } from "./instrumentation";
import { OpenTelemetryCollector } from "./opentelemetry-collector";
import { OpenTelemetryOperator } from "./opentelemetry-operator";
import { Tempo } from "./tempo";

export interface TracesProps {
  readonly setting: PlatformSetting;
  /** Namespace of what watches the platform. */
  readonly namespace: GuardedNamespace;
  readonly certManager: Installed;
  readonly storageClass: IStorageClass;
  /** Where traces are kept. */
  readonly store: IObjectStore;
  /** What {@link tempoAccount} may do. */
  readonly identity: IWorkloadIdentity;
}

/** Traces of workloads: who makes them, who takes them in, and where they are kept. */
export class Traces extends Construct implements Recorded {
  readonly ledgerEntries: LedgerEntries = Object.assign({}, ...Object.values(agentImages).map(imageEntries)) as LedgerEntries;

  constructor(scope: Construct, id: string, { setting, namespace, certManager, storageClass, store, identity }: TracesProps) {
    super(scope, id);
    const bucket = store.bucket(telemetryBucketNames.traces);
    new Tempo(this, "Tempo", { setting, namespace, bucket, identity, storageClass });
    new OpenTelemetryCollector(this, "Collector", { setting, namespace });
    const operator = new OpenTelemetryOperator(this, "Operator", { setting, certManager });
    new Manifests(this, "Instrumentation", { release: "instrumentation", namespace, resources: [instrumentation], requires: [operator] });
  }
}
