import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { LocalEnvironment } from "../environments/environment";
import type { HelmAddon } from "./addons/helm-addon";
import type { AddonProps } from "./addons/platform-setting";
import type { Catalog, Layer } from "./catalog";
import type { ClusterProps, ICluster } from "./cluster/cluster";
import { KindCluster, kindAccess } from "./cluster/kind-cluster";
import { KindProvider } from "./cluster/kind-provider";
import { useCluster } from "./cluster/use-cluster";
import { MinioIdentity } from "./identity/minio-identity";
import type { IWorkloadIdentity, WorkloadIdentityProps } from "./identity/workload-identity";
import { KindNetwork } from "./network/kind-network";
import { kindPlaces } from "./connections/kind-places";
import type { Places } from "./connections/places";
import type { INetwork } from "./network/network";
import { LocalRegistry } from "./registry/local-registry";
import type { IRegistry, RegistryProps } from "./registry/registry";
import { MetricsServer } from "./scaling/metrics-server";
import { minimalFootprint, singleFootprint, type Footprint } from "./shared/footprint";
import { localPaths } from "./shared/local-paths";
import { localNames } from "./shared/naming";
import { MinioStateStore, stateEndpoint } from "./state/minio-state-store";
import type { IStateStore } from "./state/state-store";

/** Builds an environment on the laptop. */
export class LocalCatalog implements Catalog {
  readonly order: readonly Layer[] = ["cluster", "state", "platform", "data", "apps"];

  readonly footprint: Footprint;
  readonly places: Places;

  constructor(private readonly environment: LocalEnvironment) {
    this.footprint = environment.development.minimalResources ? minimalFootprint : singleFootprint;
    this.places = kindPlaces(environment);
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

  workloadIdentity(scope: Construct, id: string, props: WorkloadIdentityProps): IWorkloadIdentity {
    return new MinioIdentity(scope, id, { ...props, environment: this.environment });
  }

  metricsServer(scope: Construct, id: string, props: AddonProps): HelmAddon {
    return new MetricsServer(scope, id, { ...props, kubeletCertificates: "self-signed" });
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

/** Profile in the credentials file of the state store. */
export const stateProfile = "evenkeel-state";
