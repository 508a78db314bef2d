import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { variablePart } from "../../applications/variable-names";
import type { Installed } from "../addons/installed";
import type { PlatformSetting } from "../addons/platform-setting";
import type { ICache } from "../cache/cache";
import { AuthorityCopy } from "../certificates/authority-copy";
import { NetworkPolicies } from "../connections/network-policies";
import { distinctPaths, type Path, type Pods } from "../connections/path";
import type { IDatabase } from "../database/database";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import type { GuardedNamespace } from "../namespaces/guarded-namespace";
import type { IBucket } from "../object-store/object-store";
import { SecretCopy } from "../secrets/secret-copy";
import type { ISecretStore } from "../secrets/secret-store";

export interface DataAccessProps {
  readonly setting: PlatformSetting;
  readonly secretStore: ISecretStore;
  /** Where the workload runs. */
  readonly namespace: GuardedNamespace;
  /** First part of the names of what is made: the workload's. */
  readonly name: string;
  /** Labels of the workload's pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** Identity of the workload's service account. Buckets ask for one; with it, the database knows the workload without a password, too. @default none */
  readonly identity?: IWorkloadIdentity;
  /** @default none */
  readonly database?: IDatabase;
  /** @default none */
  readonly cache?: ICache;
  /** @default none */
  readonly buckets?: readonly BucketAccess[];
}

/** A bucket, and what is done with it. */
export interface BucketAccess {
  /** Name that the environment gives it. */
  readonly name: string;
  readonly bucket: IBucket;
  readonly access: "read" | "read-write";
}

/** Where containers mount the authority of the cache's certificate, if it has one of its own. */
export const authorityFolder = "/etc/authority";

/**
 * What a workload has to know and to be allowed in order to use a database, a cache and a bucket. Its containers take all keys
 * of one ConfigMap and one Secret as variables, and these are called the same in every environment.
 */
export class DataAccess extends Construct implements Installed {
  /** ConfigMap with DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_USER, S3_ENDPOINT, S3_REGION, S3_BUCKET_<NAME>, S3_BUCKET where there is one, and REDIS_CA_FILE. */
  readonly configMapName: string;
  /** Escape hatch: that ConfigMap. */
  readonly config: ConfigMapV1;
  /** Secret with DATABASE_PASSWORD, DATABASE_URL and REDIS_URL. @default none, when a bucket is all that is used */
  readonly secretName?: string;
  /** Secret whose `ca.crt` has signed the cache's certificate. @default none: public authorities have */
  readonly authoritySecretName?: string;
  /** Where that is which only the Secret tells. Pods that have started with another address do not learn of this one. */
  readonly addresses: readonly string[];
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DataAccessProps) {
    super(scope, id);
    const { buckets = [], cache, database, identity, namespace, name } = props;
    this.config = new ConfigMapV1(this, "Variables", {
      metadata: { name: `${name}-data`, namespace: namespace.resource.metadata.name },
      data: variables(props),
    });
    this.configMapName = `${name}-data`;
    const secret = this.copySecrets(props);
    if (secret) this.secretName = secret.secretName;
    const authority = cache?.authority
      ? new AuthorityCopy(this, "Authority", { name: `${name}-authority`, namespace, issuer: cache.authority })
      : undefined;
    if (authority) this.authoritySecretName = authority.secretName;
    if (identity) database?.grantConnect(identity, "Database");
    for (const each of buckets) this.grant(each, identity);
    this.addresses = cache ? [`${cache.host}:${cache.port}`] : [];
    // The other ends are in namespaces that all applications share: two of them may have a workload of this name.
    const owner = `${namespace.namespaceName}-${name}-data`;
    const policies = new NetworkPolicies(this, "Paths", { owner, places: props.setting.places, paths: pathsOf(props) });
    this.installed = [
      this.config,
      ...(secret?.installed ?? []),
      ...(authority?.installed ?? []),
      ...policies.resources,
      ...(identity?.installed ?? []),
    ];
  }

  private grant({ access, bucket, name }: BucketAccess, identity: IWorkloadIdentity | undefined): void {
    if (identity === undefined) throw new Error(`${this.node.path} uses bucket ${name} without an identity; hand one in`);
    if (access === "read") bucket.grantRead(identity, `Bucket-${name}`);
    else bucket.grantReadWrite(identity, `Bucket-${name}`);
  }

  private copySecrets({ cache, database, namespace, name, secretStore: store }: DataAccessProps): SecretCopy | undefined {
    if (!database && !cache) return undefined;
    return new SecretCopy(this, "Secrets", {
      store,
      namespace,
      name: `${name}-data`,
      data: {
        ...(database ? { databasePassword: database.credentialsSecret } : {}),
        ...(cache ? { cachePassword: cache.credentialsSecret } : {}),
      },
      template: {
        ...(database
          ? {
              DATABASE_PASSWORD: "{{ .databasePassword }}",
              DATABASE_URL: database.url.replace("://", `://${database.userName}:{{ .databasePassword }}@`),
            }
          : {}),
        ...(cache ? { REDIS_URL: `rediss://${cache.userName}:{{ .cachePassword }}@${cache.host}:${cache.port}` } : {}),
      },
    });
  }
}

function variables({ buckets = [], cache, database }: DataAccessProps): Record<string, string> {
  const [first, ...others] = buckets;
  return {
    ...(database
      ? {
          DATABASE_HOST: database.host,
          DATABASE_PORT: String(database.port),
          DATABASE_NAME: database.databaseName,
          DATABASE_USER: database.userName,
        }
      : {}),
    // Empty means the authorities that an image trusts anyway.
    ...(cache ? { REDIS_CA_FILE: cache.authority ? `${authorityFolder}/ca.crt` : "" } : {}),
    ...(first ? { S3_ENDPOINT: first.bucket.endpoint, S3_REGION: first.bucket.region } : {}),
    ...(first && others.length === 0 ? { S3_BUCKET: first.bucket.bucketName } : {}),
    ...Object.fromEntries(buckets.map(({ name, bucket }) => [`S3_BUCKET_${variablePart(name)}`, bucket.bucketName])),
  };
}

function pathsOf({ buckets = [], cache, database, identity, labels, namespace }: DataAccessProps): readonly Path[] {
  const pods: Pods = { namespace: namespace.namespaceName, labels };
  return distinctPaths([
    { from: pods, to: "dns" },
    ...(database?.paths(pods) ?? []),
    ...(cache?.paths(pods) ?? []),
    ...(buckets.length > 0 ? (identity?.paths(pods) ?? []) : []),
  ]);
}
