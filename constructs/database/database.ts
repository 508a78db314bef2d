import type { IConstruct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICluster } from "../cluster/cluster";
import type { Path, Pods } from "../connections/path";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { INetwork } from "../network/network";
import type { IObjectStore } from "../object-store/object-store";
import type { ISecretStore, SecretReference } from "../secrets/secret-store";
import type { IStorageClass } from "../storage/storage-class";

/** A PostgreSQL database: RDS in the cloud, CloudNativePG on the laptop. */
export interface IDatabase extends IConstruct, Installed {
  /** Where clients connect, through the pooler where there is one. */
  readonly host: string;
  readonly port: number;
  readonly databaseName: string;
  /** User of the application. It owns what it creates and is no administrator. */
  readonly userName: string;
  /** Password of that user, in the environment's secret store. */
  readonly credentialsSecret: SecretReference;
  /** `postgresql://<host>:<port>/<database>?sslmode=require`: without user and password. */
  readonly url: string;
  /** Who pods talk to when they connect. */
  paths(pods: Pods): readonly Path[];
  /**
   * Allows pods to sign in as the application's user with credentials of their own, where the target has such.
   * @param id of the permission, unique in the identity
   */
  grantConnect(identity: IWorkloadIdentity, id: string): void;
}

/** What a database is for; how it is met is the target's. */
export type DatabaseIntent = Environment["database"];

export interface DatabaseProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  readonly network: INetwork;
  readonly secretStore: ISecretStore;
  readonly storageClass: IStorageClass;
  /** Last part of its name and of its secrets' names, unique in the environment, e.g. `database`. */
  readonly name: string;
  readonly intent: DatabaseIntent;
  /** Where the jobs that look after it run, and itself where it is in the cluster. */
  readonly namespace: GuardedNamespace;
  /** Where a database in the cluster makes a bucket for its backups. RDS has a place of its own. */
  readonly objectStore: IObjectStore;
}

/** Port of PostgreSQL. */
export const postgresPort = 5432;

/** User that owns the database and creates others; it has every right that RDS gives anybody. Nobody but our jobs signs in as it. */
export const administratorName = "administrator";

/** User of the application. */
export const applicationName = "app";

/** User that reads statistics of a server outside of the cluster, and nothing else. Inside, the operator measures by itself. */
export const metricsName = "metrics";

/** Connections besides those of the application: the administrator and upkeep, what measures and backs up, and the server's own. */
export const otherConnections = 20;

/** Connections that a server takes. */
export function connectionLimit({ connections }: DatabaseIntent): number {
  return connections + otherConnections;
}

/** URL of a database without user and password. TLS is asked for by name: clients fall back to plain text otherwise. */
export function databaseUrl(host: string, port: number, databaseName: string): string {
  return `postgresql://${host}:${port}/${databaseName}?sslmode=require`;
}
