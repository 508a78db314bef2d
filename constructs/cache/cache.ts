import type { IConstruct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICertificateIssuer } from "../certificates/certificate-issuer";
import type { ICluster } from "../cluster/cluster";
import type { Path, Pods } from "../connections/path";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { INetwork } from "../network/network";
import type { ISecretStore, SecretReference } from "../secrets/secret-store";
import type { IStorageClass } from "../storage/storage-class";

/** A cache that speaks the protocol of Redis, over TLS: ElastiCache in the cloud, Valkey in the cluster on the laptop. */
export interface ICache extends IConstruct, Installed {
  /** Where clients connect: the primary; any node of a cluster. */
  readonly host: string;
  readonly port: number;
  /** User of the application. The default user is switched off. */
  readonly userName: string;
  /** Password of that user, in the environment's secret store. */
  readonly credentialsSecret: SecretReference;
  /** Whether clients have to speak the cluster's protocol. */
  readonly clustered: boolean;
  /** Who has signed the server's certificate; public authorities where there is none. */
  readonly authority?: CertificateAuthority;
  /** Who pods talk to when they connect. */
  paths(pods: Pods): readonly Path[];
}

/** Certificate authority of the environment's own: every certificate that its issuer signs comes with it, as `ca.crt`. */
export type CertificateAuthority = Pick<ICertificateIssuer, "issuerName">;

export type CacheIntent = Environment["cache"];

export interface CacheProps {
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
  readonly network: INetwork;
  readonly secretStore: ISecretStore;
  readonly storageClass: IStorageClass;
  /** Signs the server's certificate where it is in the cluster. */
  readonly issuer: ICertificateIssuer;
  /** Last part of its name and of its secrets' names, unique in the environment, e.g. `cache`. */
  readonly name: string;
  readonly intent: CacheIntent;
  /** Where the benchmark runs, and the cache itself where it is in the cluster. */
  readonly namespace: GuardedNamespace;
}

/** Port of Valkey and Redis, with TLS. */
export const cachePort = 6379;

/** User of the application. */
export const cacheUserName = "app";
