import type { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { Environment } from "../environments/environment";
import type { PlatformAccess } from "./access/platform-access";
import { AwsCatalog } from "./aws-catalog";
import type { HelmAddon } from "./addons/helm-addon";
import type { Installed } from "./addons/installed";
import type { AddonProps } from "./addons/platform-setting";
import type { CacheProps, ICache } from "./cache/cache";
import type { CertificateIssuerProps, ICertificateIssuer } from "./certificates/certificate-issuer";
import type { ClusterProps, ICluster } from "./cluster/cluster";
import type { Places } from "./connections/places";
import type { DatabaseProps, IDatabase } from "./database/database";
import type { IWorkloadIdentity, WorkloadIdentityProps } from "./identity/workload-identity";
import type { IIngress, IngressProps } from "./ingress/ingress";
import { LocalCatalog } from "./local-catalog";
import type { IMetricsArchive, MetricsArchiveProps } from "./monitoring/metrics-archive";
import type { NodeExporter, NodeExporterProps } from "./monitoring/node-exporter";
import type { INetwork } from "./network/network";
import type { IObjectStore, ObjectStoreProps } from "./object-store/object-store";
import type { Kyverno, PolicyEngineProps } from "./policy/kyverno";
import type { IRegistry, RegistryProps } from "./registry/registry";
import type { ISecretStore, SecretStoreProps } from "./secrets/secret-store";
import type { INodeScaling, NodeScalingProps } from "./scaling/node-scaling";
import { assertNever } from "./shared/errors";
import type { Footprint } from "./shared/footprint";
import type { IStateStore } from "./state/state-store";
import type { IStorageClass } from "./storage/storage-class";

/** The parts of an environment that live and die on their own; each is a stack with its own state. */
export const layers = ["state", "cluster", "platform", "data", "apps"] as const;
export type Layer = (typeof layers)[number];

/** What an environment can be built from: one method per capability, the same for every target. */
export interface Catalog {
  /** Order in which the layers are deployed; they are destroyed the other way round. */
  readonly order: readonly Layer[];
  /** How big the platform is built. */
  readonly footprint: Footprint;
  /** Where what is not a pod is, for network policies. */
  readonly places: Places;
  /** Most nodes that the cluster grows to. */
  readonly mostNodes: number;
  /** Gives a stack what every stack of its layer needs: its backend and the providers that no cluster is needed for. */
  prepare(stack: TerraformStack, layer: Layer): void;
  /** Where the environment's Terraform state is kept. */
  stateStore(scope: Construct, id: string): IStateStore;
  /** Where nodes and pods get their addresses. */
  network(scope: Construct, id: string): INetwork;
  /** The Kubernetes cluster and its node groups. */
  cluster(scope: Construct, id: string, props: ClusterProps): ICluster;
  /** Where images are pushed to and pulled from. */
  registry(scope: Construct, id: string, props: RegistryProps): IRegistry;
  /** Where secrets are kept, and the operator that brings them to namespaces. */
  secretStore(scope: Construct, id: string, props: SecretStoreProps): ISecretStore;
  /** What the pods of a service account may do outside of the cluster. */
  workloadIdentity(scope: Construct, id: string, props: WorkloadIdentityProps): IWorkloadIdentity;
  /** More nodes when pods find no room. */
  nodeScaling(scope: Construct, id: string, props: NodeScalingProps): INodeScaling;
  /** What lets pods ask for GPUs; nothing where no node has one. */
  devicePlugin(scope: Construct, id: string, props: AddonProps): Installed | undefined;
  /** Takes the nodes away while nobody works; nothing where the environment does not ask for it. */
  offHours(scope: Construct, id: string, props: Pick<NodeScalingProps, "cluster">): IConstruct | undefined;
  /** Who signs certificates for what ends TLS inside of the cluster. */
  certificateIssuer(scope: Construct, id: string, props: CertificateIssuerProps): ICertificateIssuer;
  /** The way in for requests. */
  ingress(scope: Construct, id: string, props: IngressProps): IIngress;
  /** What judges objects by policies. */
  policyEngine(scope: Construct, id: string, props: PolicyEngineProps): Kyverno;
  /** Where volumes come from whose claims name no class. */
  storageClass(scope: Construct, id: string, props: AddonProps): IStorageClass;
  /** What the people who use the cluster may do in it. */
  platformAccess(scope: Construct, id: string, props: AddonProps): PlatformAccess;
  /** Metrics of every node. */
  nodeExporter(scope: Construct, id: string, props: NodeExporterProps): NodeExporter;
  /** Where metrics outlive Prometheus; nothing where the environment names no such place. */
  metricsArchive(scope: Construct, id: string, props: MetricsArchiveProps): IMetricsArchive | undefined;
  /** What brings metrics of the cloud into the cluster: those that the caller's stack asks for; nothing where no cloud is. */
  cloudMetrics(scope: Construct, id: string, props: CloudMetricsProps): IConstruct | undefined;
  /** What pods and nodes use. */
  metricsServer(scope: Construct, id: string, props: AddonProps): HelmAddon;
  /** Buckets for objects. */
  objectStore(scope: Construct, id: string, props: ObjectStoreProps): IObjectStore;
  /** A PostgreSQL database. */
  database(scope: Construct, id: string, props: DatabaseProps): IDatabase;
  /** A cache that speaks the protocol of Redis. */
  cache(scope: Construct, id: string, props: CacheProps): ICache;
}

/** What brings metrics of the cloud into the cluster runs there. */
export type CloudMetricsProps = Pick<NodeScalingProps, "setting" | "cluster">;

/** The catalog that builds an environment. The only switch on the target in what is built. */
export function catalogFor(environment: Environment): Catalog {
  switch (environment.target) {
    case "local":
      return new LocalCatalog(environment);
    case "aws":
      return new AwsCatalog(environment);
    default:
      return assertNever(environment);
  }
}
