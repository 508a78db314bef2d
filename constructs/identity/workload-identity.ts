import type { IConstruct } from "constructs";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import type { Path, Pods } from "../connections/path";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { PolicyStatement } from "./policy-document";

/** What the pods of one service account may do with the object store and other services: a role on AWS, a MinIO user on the laptop. */
export interface IWorkloadIdentity extends IConstruct, Installed {
  /** Annotations that the service account needs; what creates the service account sets them. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  /** What the containers need, so that an SDK of AWS finds region, endpoint and credentials by itself. */
  readonly containerEnvironment: ContainerEnvironment;
  /** Who the pods talk to for their credentials, and for what they are allowed. */
  paths(pods: Pods): readonly Path[];
  /**
   * Allows more. Principals are left out: they are the service account.
   * @param id of the permission, unique in the identity
   * @throws ConfigurationError for actions that the target has no service for
   */
  allow(id: string, ...statements: readonly PolicyStatement[]): void;
}

/** Environment variables of containers. Their names are those that the SDKs of AWS read, the same on every target. */
export interface ContainerEnvironment {
  /** Variables that everybody may read, for `env`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Secret in the pods' namespace whose keys are variables, too, for `envFrom`. @default none: the SDK asks the cluster for credentials */
  readonly secretName?: string;
}

export interface WorkloadIdentityProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  /** Namespace of the service account; by its name alone where it exists already, or nothing is put there. */
  readonly namespace: GuardedNamespace | string;
  readonly serviceAccount: string;
  /** Last part of the role's or the user's name, e.g. `external-dns`. */
  readonly purpose: string;
  /** What is allowed from the start. */
  readonly statements: readonly PolicyStatement[];
}

/** The namespace by its name, known at synth. */
export function namespaceNameOf(namespace: GuardedNamespace | string): string {
  return typeof namespace === "string" ? namespace : namespace.namespaceName;
}
