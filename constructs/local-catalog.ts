import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { LocalEnvironment } from "../environments/environment";
import { AccessAccounts } from "./access/access-accounts";
import { PlatformAccess } from "./access/platform-access";
import type { HelmAddon } from "./addons/helm-addon";
import type { Installed } from "./addons/installed";
import type { AddonProps } from "./addons/platform-setting";
import type { CacheProps, ICache } from "./cache/cache";
import { InClusterRedis } from "./cache/in-cluster-redis";
import type { Catalog, Layer } from "./catalog";
import type { CertificateIssuerProps, ICertificateIssuer } from "./certificates/certificate-issuer";
import { LocalCertificateAuthority } from "./certificates/local-certificate-authority";
import type { ClusterProps, ICluster } from "./cluster/cluster";
import { KindCluster, kindAccess } from "./cluster/kind-cluster";
import { KindProvider } from "./cluster/kind-provider";
import { useCluster } from "./cluster/use-cluster";
import { kindPlaces } from "./connections/kind-places";
import type { Places } from "./connections/places";
import type { DatabaseProps, IDatabase } from "./database/database";
import { InClusterPostgres } from "./database/in-cluster-postgres";
import { MinioIdentity } from "./identity/minio-identity";
import type { IWorkloadIdentity, WorkloadIdentityProps } from "./identity/workload-identity";
import type { IIngress, IngressProps } from "./ingress/ingress";
import { KindIngress } from "./ingress/kind-ingress";
import { KindNetwork } from "./network/kind-network";
import type { IMetricsArchive } from "./monitoring/metrics-archive";
import { NodeExporter, type NodeExporterProps } from "./monitoring/node-exporter";
import type { INetwork } from "./network/network";
import { MinioObjectStore } from "./object-store/minio-object-store";
import type { IObjectStore, ObjectStoreProps } from "./object-store/object-store";
import { Kyverno, type PolicyEngineProps } from "./policy/kyverno";
import { LocalRegistry } from "./registry/local-registry";
import type { IRegistry, RegistryProps } from "./registry/registry";
import { FixedNodes } from "./scaling/fixed-nodes";
import { MetricsServer } from "./scaling/metrics-server";
import type { INodeScaling } from "./scaling/node-scaling";
import { KubernetesSecretStore } from "./secrets/kubernetes-secret-store";
import type { ISecretStore, SecretStoreProps } from "./secrets/secret-store";
import { minimalFootprint, singleFootprint, type Footprint } from "./shared/footprint";
import { localPaths } from "./shared/local-paths";
import { localNames } from "./shared/naming";
import { stateStoreNamespace } from "./state/minio";
import { MinioStateStore, stateEndpoint } from "./state/minio-state-store";
import type { IStateStore } from "./state/state-store";
import { LocalPathStorageClass } from "./storage/local-path-storage-class";
import type { IStorageClass } from "./storage/storage-class";

/** Builds an environment on the laptop. */
export class LocalCatalog implements Catalog {
  readonly order: readonly Layer[] = ["cluster", "state", "platform", "data", "apps"];

  readonly footprint: Footprint;
  readonly places: Places;
  readonly mostNodes: number;

  constructor(private readonly environment: LocalEnvironment) {
    this.footprint = environment.development.minimalResources ? minimalFootprint : singleFootprint;
    this.places = kindPlaces(environment);
    const controlPlane = 1;
    this.mostNodes = environment.kind.nodeGroups.reduce((sum, { nodes }) => sum + nodes, controlPlane);
  }

  prepare(stack: TerraformStack, layer: Layer): void {
    if (layer === "cluster" || layer === "state") {
      // The state store lives in the cluster: what comes before it keeps a file, and they are lost together.
      new LocalBackend(stack, { path: localPaths(this.environment).state(layer) });
    } else {
      this.keepStateInMinio(stack, layer);
    }
    if (layer === "cluster") new KindProvider(stack, "Kind");
    if (layer === "state") useCluster(stack, kindAccess(this.environment));
    if (layer !== "cluster") new RandomProvider(stack, "Random"); // generated passwords
  }

  stateStore(scope: Construct, id: string): IStateStore {
    return new MinioStateStore(scope, id, this.environment);
  }

  network(scope: Construct, id: string): INetwork {
    return new KindNetwork(scope, id, this.environment);
  }

  cluster(scope: Construct, id: string, props: ClusterProps): ICluster {
    return new KindCluster(scope, id, { environment: this.environment, network: props.network });
  }

  registry(scope: Construct, id: string, props: RegistryProps): IRegistry {
    return new LocalRegistry(scope, id, { ...props, environment: this.environment });
  }

  secretStore(scope: Construct, id: string, props: SecretStoreProps): ISecretStore {
    return new KubernetesSecretStore(scope, id, props);
  }

  workloadIdentity(scope: Construct, id: string, props: WorkloadIdentityProps): IWorkloadIdentity {
    return new MinioIdentity(scope, id, { ...props, environment: this.environment });
  }

  nodeScaling(scope: Construct, id: string): INodeScaling {
    return new FixedNodes(scope, id);
  }

  /** A node of Kind has no GPU, whatever group it stands for. */
  devicePlugin(): Installed | undefined {
    return undefined;
  }

  /** Who closes the laptop switches its nodes off. */
  offHours(): IConstruct | undefined {
    return undefined;
  }

  certificateIssuer(scope: Construct, id: string, { setting }: CertificateIssuerProps): ICertificateIssuer {
    return new LocalCertificateAuthority(scope, id, { setting });
  }

  ingress(scope: Construct, id: string, props: IngressProps): IIngress {
    return new KindIngress(scope, id, { ...props, environment: this.environment });
  }

  policyEngine(scope: Construct, id: string, props: PolicyEngineProps): Kyverno {
    return new Kyverno(scope, id, { ...props, platformNamespaces: [...props.platformNamespaces, kindVolumes, stateStoreNamespace] });
  }

  storageClass(scope: Construct, id: string, props: AddonProps): IStorageClass {
    return new LocalPathStorageClass(scope, id, props);
  }

  platformAccess(scope: Construct, id: string, props: AddonProps): PlatformAccess {
    return new PlatformAccess(scope, id, { accounts: new AccessAccounts(scope, `${id}Accounts`, props) });
  }

  nodeExporter(scope: Construct, id: string, props: NodeExporterProps): NodeExporter {
    return new NodeExporter(scope, id, { ...props, mostNodes: this.mostNodes });
  }

  /** What a laptop measures goes with it. */
  metricsArchive(): IMetricsArchive | undefined {
    return undefined;
  }

  /** Everything that is measured is in the cluster. */
  cloudMetrics(): IConstruct | undefined {
    return undefined;
  }

  metricsServer(scope: Construct, id: string, props: AddonProps): HelmAddon {
    return new MetricsServer(scope, id, { ...props, kubeletCertificates: "self-signed" });
  }

  objectStore(scope: Construct, id: string, props: ObjectStoreProps): IObjectStore {
    return new MinioObjectStore(scope, id, { ...props, environment: this.environment });
  }

  database(scope: Construct, id: string, props: DatabaseProps): IDatabase {
    const { cluster, setting } = props;
    return new InClusterPostgres(scope, id, {
      ...props,
      identity: (place, name, account) => this.workloadIdentity(place, name, { ...account, cluster, setting }),
    });
  }

  cache(scope: Construct, id: string, props: CacheProps): ICache {
    return new InClusterRedis(scope, id, props);
  }

  private keepStateInMinio(stack: TerraformStack, layer: Layer): void {
    const { environment } = this;
    const backend = new S3Backend(stack, {
      bucket: localNames(environment).stateBucket,
      key: `${environment.name}/${layer}.tfstate`,
      region: "us-east-1", // MinIO's default; it has to be something
      endpoints: { s3: stateEndpoint(environment) },
      usePathStyle: true,
      profile: stateProfile,
      sharedCredentialsFiles: [localPaths(environment).credentials],
      // None of these exists beside MinIO, and none of them may be asked at AWS by mistake.
      skipCredentialsValidation: true,
      skipMetadataApiCheck: true,
      skipRegionValidation: true,
      skipRequestingAccountId: true,
      skipS3Checksum: true,
    });
    backend.addOverride("use_lockfile", true); // cdktf 0.21 has no property for it
  }
}

/** Namespace where Kind makes volumes, as root and from folders of the node. */
const kindVolumes = "local-path-storage";

/** Profile in the credentials file of the state store. */
export const stateProfile = "evenkeel-state";
