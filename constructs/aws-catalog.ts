import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { S3Backend, type TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { AwsEnvironment } from "../environments/environment";
import { PlatformAccess } from "./access/platform-access";
import type { HelmAddon } from "./addons/helm-addon";
import type { Installed } from "./addons/installed";
import type { AddonProps } from "./addons/platform-setting";
import type { CacheProps, ICache } from "./cache/cache";
import { ElastiCacheRedis } from "./cache/elasticache-redis";
import type { Catalog, CloudMetricsProps, Layer } from "./catalog";
import { AcmeIssuer } from "./certificates/acme-issuer";
import type { CertificateIssuerProps, ICertificateIssuer } from "./certificates/certificate-issuer";
import { onEks } from "./cluster/aws-cluster";
import type { ClusterProps, ICluster } from "./cluster/cluster";
import { EksCluster } from "./cluster/eks-cluster";
import { awsPlaces } from "./connections/aws-places";
import type { Places } from "./connections/places";
import type { DatabaseProps, IDatabase } from "./database/database";
import { RdsPostgres } from "./database/rds-postgres";
import { awsWorkloadIdentity } from "./identity/aws-workload-identity";
import type { IWorkloadIdentity, WorkloadIdentityProps } from "./identity/workload-identity";
import { AlbIngress } from "./ingress/alb-ingress";
import type { IIngress, IngressProps } from "./ingress/ingress";
import { ManagedPrometheus } from "./monitoring/managed-prometheus";
import type { IMetricsArchive, MetricsArchiveProps } from "./monitoring/metrics-archive";
import { CloudWatchExporter } from "./monitoring/cloudwatch-exporter";
import { NodeExporter, type NodeExporterProps } from "./monitoring/node-exporter";
import { onAws } from "./network/aws-network";
import { AwsVpc } from "./network/aws-vpc";
import { ExistingVpc } from "./network/existing-vpc";
import type { INetwork } from "./network/network";
import type { IObjectStore, ObjectStoreProps } from "./object-store/object-store";
import { S3ObjectStore } from "./object-store/s3-object-store";
import type { Kyverno, PolicyEngineProps } from "./policy/kyverno";
import { kyvernoOnEks } from "./policy/kyverno-on-eks";
import { EcrRegistry } from "./registry/ecr-registry";
import type { IRegistry, RegistryProps } from "./registry/registry";
import { FixedNodes } from "./scaling/fixed-nodes";
import { KarpenterNodeScaling } from "./scaling/karpenter-node-scaling";
import { MetricsServer } from "./scaling/metrics-server";
import type { INodeScaling, NodeScalingProps } from "./scaling/node-scaling";
import { gpuGroups, NvidiaDevicePlugin } from "./scaling/nvidia-device-plugin";
import { OffHours } from "./scaling/off-hours";
import { overflowGroups } from "./scaling/overflow";
import type { ISecretStore, SecretStoreProps } from "./secrets/secret-store";
import { SecretsManagerStore } from "./secrets/secrets-manager-store";
import { assertNever } from "./shared/errors";
import { highlyAvailableFootprint, singleFootprint, type Footprint } from "./shared/footprint";
import { awsNames } from "./shared/naming";
import { tagsOf } from "./shared/tags";
import { S3StateStore } from "./state/s3-state-store";
import type { IStateStore } from "./state/state-store";
import { EbsStorageClass } from "./storage/ebs-storage-class";
import type { IStorageClass } from "./storage/storage-class";

/** Builds an environment in an AWS account. */
export class AwsCatalog implements Catalog {
  readonly order: readonly Layer[] = ["state", "cluster", "platform", "data", "apps"];

  readonly footprint: Footprint;
  readonly places: Places;
  readonly mostNodes: number;

  constructor(private readonly environment: AwsEnvironment) {
    this.footprint = environment.highlyAvailable ? highlyAvailableFootprint : singleFootprint;
    this.places = awsPlaces(environment);
    // Nodes of the overflow have a core at least.
    this.mostNodes = environment.cluster.nodeGroups.reduce((sum, { maxNodes, overflow }) => sum + maxNodes + (overflow?.cpuCores ?? 0), 0);
  }

  prepare(stack: TerraformStack, layer: Layer): void {
    const { environment } = this;
    const { region } = environment;
    // Synthesis cannot know whether a deployment follows: the account is checked where it counts, at every run.
    const allowedAccountIds = [environment.accountId];
    const names = awsNames(environment);
    const backend = new S3Backend(stack, {
      bucket: names.stateBucket,
      key: `${environment.name}/${layer}.tfstate`,
      region,
      allowedAccountIds,
      encrypt: true,
      kmsKeyId: names.stateKeyAlias,
    });
    backend.addOverride("use_lockfile", true); // cdktf 0.21 has no property for it
    new AwsProvider(stack, "Aws", { region, allowedAccountIds, defaultTags: [{ tags: tagsOf(environment) }] });
    if (layer !== "state" && layer !== "cluster") new RandomProvider(stack, "Random"); // generated passwords
  }

  stateStore(scope: Construct, id: string): IStateStore {
    return new S3StateStore(scope, id, this.environment);
  }

  network(scope: Construct, id: string): INetwork {
    const { network } = this.environment;
    switch (network.vpc) {
      case "create":
        return new AwsVpc(scope, id, this.environment, network);
      case "existing":
        return new ExistingVpc(scope, id, this.environment, network);
      default:
        return assertNever(network);
    }
  }

  cluster(scope: Construct, id: string, props: ClusterProps): ICluster {
    return new EksCluster(scope, id, { environment: this.environment, network: onAws(props.network, `${scope.node.path}/${id}`) });
  }

  registry(scope: Construct, id: string, props: RegistryProps): IRegistry {
    return new EcrRegistry(scope, id, { ...props, environment: this.environment });
  }

  secretStore(scope: Construct, id: string, props: SecretStoreProps): ISecretStore {
    const cluster = onEks(props.cluster, `${scope.node.path}/${id}`);
    return new SecretsManagerStore(scope, id, { ...props, environment: this.environment, cluster });
  }

  workloadIdentity(scope: Construct, id: string, props: WorkloadIdentityProps): IWorkloadIdentity {
    const cluster = onEks(props.cluster, `${scope.node.path}/${id}`);
    return awsWorkloadIdentity(scope, id, { ...props, environment: this.environment, cluster });
  }

  ingress(scope: Construct, id: string, { setting, cluster, network }: IngressProps): IIngress {
    const consumer = `${scope.node.path}/${id}`;
    return new AlbIngress(scope, id, {
      setting,
      environment: this.environment,
      cluster: onEks(cluster, consumer),
      network: onAws(network, consumer),
    });
  }

  nodeScaling(scope: Construct, id: string, { setting, ...props }: NodeScalingProps): INodeScaling {
    const { environment } = this;
    if (overflowGroups(environment).length === 0) return new FixedNodes(scope, id);
    const place = `${scope.node.path}/${id}`;
    const network = onAws(props.network, place);
    return new KarpenterNodeScaling(scope, id, { setting, environment, cluster: onEks(props.cluster, place), network });
  }

  devicePlugin(scope: Construct, id: string, { setting }: AddonProps): Installed | undefined {
    const groups = gpuGroups(this.environment);
    return groups.length === 0 ? undefined : new NvidiaDevicePlugin(scope, id, { setting, groups });
  }

  offHours(scope: Construct, id: string, props: Pick<NodeScalingProps, "cluster">): IConstruct | undefined {
    const { environment } = this;
    const times = environment.offHours;
    if (times === undefined) return undefined;
    return new OffHours(scope, id, { environment, cluster: onEks(props.cluster, `${scope.node.path}/${id}`), times });
  }

  certificateIssuer(scope: Construct, id: string, props: CertificateIssuerProps): ICertificateIssuer {
    const cluster = onEks(props.cluster, `${scope.node.path}/${id}`);
    return new AcmeIssuer(scope, id, { setting: props.setting, environment: this.environment, cluster });
  }

  policyEngine(scope: Construct, id: string, props: PolicyEngineProps): Kyverno {
    return kyvernoOnEks(scope, id, this.environment, props);
  }

  storageClass(scope: Construct, id: string, props: AddonProps): IStorageClass {
    return new EbsStorageClass(scope, id, props);
  }

  platformAccess(scope: Construct, id: string): PlatformAccess {
    return new PlatformAccess(scope, id, {});
  }

  nodeExporter(scope: Construct, id: string, props: NodeExporterProps): NodeExporter {
    return new NodeExporter(scope, id, { ...props, mostNodes: this.mostNodes });
  }

  metricsArchive(scope: Construct, id: string, props: MetricsArchiveProps): IMetricsArchive | undefined {
    const { environment } = this;
    const { amp } = environment;
    if (amp === undefined) return undefined;
    const cluster = onEks(props.cluster, `${scope.node.path}/${id}`);
    return new ManagedPrometheus(scope, id, { ...props, environment, cluster, workspaceId: amp.workspaceId });
  }

  cloudMetrics(scope: Construct, id: string, { setting, cluster }: CloudMetricsProps): IConstruct {
    return new CloudWatchExporter(scope, id, {
      setting,
      environment: this.environment,
      cluster: onEks(cluster, `${scope.node.path}/${id}`),
    });
  }

  metricsServer(scope: Construct, id: string, props: AddonProps): HelmAddon {
    return new MetricsServer(scope, id, { ...props, kubeletCertificates: "signed" });
  }

  objectStore(scope: Construct, id: string, props: ObjectStoreProps): IObjectStore {
    return new S3ObjectStore(scope, id, { ...props, environment: this.environment });
  }

  database(scope: Construct, id: string, props: DatabaseProps): IDatabase {
    const consumer = `${scope.node.path}/${id}`;
    const { cluster, network, ...rest } = props;
    return new RdsPostgres(scope, id, {
      ...rest,
      environment: this.environment,
      cluster: onEks(cluster, consumer),
      network: onAws(network, consumer),
    });
  }

  cache(scope: Construct, id: string, props: CacheProps): ICache {
    const consumer = `${scope.node.path}/${id}`;
    const { cluster, network, ...rest } = props;
    return new ElastiCacheRedis(scope, id, {
      ...rest,
      environment: this.environment,
      cluster: onEks(cluster, consumer),
      network: onAws(network, consumer),
    });
  }
}
