import type { IConstruct } from "constructs";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import type { Path, Pods } from "../connections/path";
import type { PolicyStatement } from "./policy-document";

/** What the pods of one service account may do with the object store and other services: a role on AWS, a MinIO user on the laptop. */
export interface IWorkloadIdentity extends IConstruct, Installed {
  /** Annotations that the service account needs; what creates the service account sets them. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  /** Who the pods talk to for their credentials, and for what they are allowed. */
  paths(pods: Pods): readonly Path[];
  /**
   * Allows more. Principals are left out: they are the service account.
   * @throws ConfigurationError for actions that the target has no service for
   */
  allow(id: string, ...statements: readonly PolicyStatement[]): void;
}

export interface WorkloadIdentityProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  /** Namespace of the service account. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Last part of the role's or the user's name, e.g. `external-dns`. */
  readonly purpose: string;
  /** What is allowed from the start. */
  readonly statements: readonly PolicyStatement[];
}
