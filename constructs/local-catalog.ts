import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { LocalEnvironment } from "../environments/environment";
import type { Catalog, Layer } from "./catalog";
import type { ClusterProps, ICluster } from "./cluster/cluster";
import { KindCluster, kindAccess } from "./cluster/kind-cluster";
import { KindProvider } from "./cluster/kind-provider";
import { useCluster } from "./cluster/use-cluster";
import { KindNetwork } from "./network/kind-network";
import type { INetwork } from "./network/network";
import { LocalRegistry } from "./registry/local-registry";
import type { IRegistry, RegistryProps } from "./registry/registry";
import { localPaths } from "./shared/local-paths";
import { localNames } from "./shared/naming";
import { MinioStateStore, stateEndpoint } from "./state/minio-state-store";
import type { IStateStore } from "./state/state-store";

/** Builds an environment on the laptop. */
export class LocalCatalog implements Catalog {
  readonly order: readonly Layer[] = ["cluster", "state", "platform", "data", "apps"];

  constructor(private readonly environment: LocalEnvironment) {}

  prepare(stack: TerraformStack, layer: Layer): void {
    if (layer === "cluster" || layer === "state") {
      // The state store lives in the cluster: what comes before it keeps a file, and they are lost together.
      new LocalBackend(stack, { path: localPaths(this.environment).state(layer) });
    } else {
      this.keepStateInMinio(stack, layer);
    }
    if (layer === "cluster") new KindProvider(stack, "Kind");
    else useCluster(stack, kindAccess(this.environment));
    if (layer === "state") new RandomProvider(stack, "Random"); // passwords of the state store
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
