import type { App } from "cdktf";
import type { ICache } from "../constructs/cache/cache";
import type { ICluster } from "../constructs/cluster/cluster";
import { useCharts, useCluster } from "../constructs/cluster/use-cluster";
import type { IDatabase } from "../constructs/database/database";
import { dataNamespaces } from "../constructs/namespaces/data-namespaces";
import { GuardedNamespace } from "../constructs/namespaces/guarded-namespace";
import type { INetwork } from "../constructs/network/network";
import type { IObjectStore } from "../constructs/object-store/object-store";
import { dataNames } from "../constructs/shared/naming";
import { ConnectionCheck, connectionCheckAccount } from "../constructs/workload/connection-check";
import { LayerStack, type LayerStackProps } from "./layer-stack";
import type { PlatformStack } from "./platform-stack";

export interface DataStackProps extends LayerStackProps {
  readonly network: INetwork;
  readonly cluster: ICluster;
  readonly platform: Pick<PlatformStack, "setting" | "secretStore" | "storageClass" | "issuer" | "ingress">;
}

/** What workloads keep: a database, a cache and buckets, a check that all three can be used, and what tells Prometheus of them. */
export class DataStack extends LayerStack {
  readonly database: IDatabase;
  readonly cache: ICache;
  readonly objectStore: IObjectStore;

  constructor(scope: App, props: DataStackProps) {
    super(scope, "data", props);
    const { catalog, cluster, environment, network, platform } = props;
    useCluster(this, cluster.access);
    useCharts(this, cluster.access);
    const { issuer, secretStore, setting, storageClass } = platform;
    const shared = { setting, cluster, network, secretStore, storageClass };

    this.objectStore = catalog.objectStore(this, "ObjectStore", { setting, buckets: environment.objectStore.buckets });
    this.database = catalog.database(this, "Database", {
      ...shared,
      name: dataNames.database,
      intent: environment.database,
      namespace: this.namespace("DatabaseNamespace", environment, dataNamespaces.database),
      objectStore: this.objectStore,
    });
    this.cache = catalog.cache(this, "Cache", {
      ...shared,
      issuer,
      name: dataNames.cache,
      intent: environment.cache,
      namespace: this.namespace("CacheNamespace", environment, dataNamespaces.cache),
    });
    if (environment.monitoring) this.watch(props);
    this.checkConnections(props);
    this.publishInterfaces(environment.objectStore.buckets.map(({ name }) => name));
  }

  /** What is here watches itself; the way in was made before there was anything to be watched by. */
  private watch({ catalog, cluster, platform: { ingress, setting } }: DataStackProps): void {
    ingress.watch(this, "GatewaySignals");
    catalog.cloudMetrics(this, "CloudMetrics", { setting, cluster });
  }

  /** With what every workload gets, of the first bucket. */
  private checkConnections({ catalog, cluster, environment, platform: { secretStore, setting } }: DataStackProps): void {
    const { cache, database, objectStore } = this;
    const [first] = environment.objectStore.buckets;
    if (!first) return; // the schema asks for one
    const namespace = this.namespace("ChecksNamespace", environment, dataNamespaces.checks);
    const identity = catalog.workloadIdentity(this, "ConnectionCheckIdentity", {
      setting,
      cluster,
      namespace,
      ...connectionCheckAccount,
      statements: [],
    });
    const objects = { name: first.name, bucket: objectStore.bucket(first.name), access: "read" } as const;
    new ConnectionCheck(this, "ConnectionCheck", { setting, cluster, secretStore, namespace, identity, database, cache, objects });
  }

  private namespace(id: string, environment: DataStackProps["environment"], name: string): GuardedNamespace {
    return new GuardedNamespace(this, id, { environment, name });
  }

  private publishInterfaces(buckets: readonly string[]): void {
    const { cache, database, objectStore } = this;
    this.publish({
      database_host: database.host,
      database_port: database.port,
      database_name: database.databaseName,
      database_user: database.userName,
      database_url: database.url,
      database_secret: database.credentialsSecret.key,
      cache_host: cache.host,
      cache_port: cache.port,
      cache_user: cache.userName,
      cache_secret: cache.credentialsSecret.key,
      object_store_endpoint: objectStore.endpoint,
      object_store_region: objectStore.region,
      object_store_buckets: buckets.map((name) => objectStore.bucket(name).bucketName),
    });
  }
}
