import type { IConstruct } from "constructs";
import type { ChartValues } from "../addons/chart-values";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import type { Path, Pods } from "../connections/path";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";

export interface MetricsArchiveProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  /** Namespace of Prometheus. */
  readonly namespace: GuardedNamespace;
}

/** Where Prometheus writes its metrics beside its own volume, so that they outlive it. */
export interface IMetricsArchive extends IConstruct, Installed {
  /** An entry of `remoteWrite` in the specification of a Prometheus. */
  readonly remoteWrite: ChartValues;
  /** Labels by which the archive tells whose series they are. */
  readonly labels: Readonly<Record<string, string>>;
  /** Label that tells replicas of one Prometheus apart, by which the archive keeps one series of two. */
  readonly replicaLabel: string;
  /** Annotations that the service account of Prometheus needs. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  /** How Prometheus gets there. */
  paths(prometheus: Pods): readonly Path[];
}
