import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { tmpdir } from "node:os";
import { catalogFor } from "../constructs/catalog";
import type { ICertificateIssuer } from "../constructs/certificates/certificate-issuer";
import { GuardedNamespace } from "../constructs/namespaces/guarded-namespace";
import type { IAwsNetwork } from "../constructs/network/aws-network";
import type { ISecretStore } from "../constructs/secrets/secret-store";
import type { IStorageClass } from "../constructs/storage/storage-class";
import type { Environment } from "../environments/environment";
import type { TerraformJson } from "../operations/terraform-json";
import { platformParts, type PlatformParts } from "./platform-stack";
import { SynthesizedStack } from "./synthesized";

/** What a test of the data layer builds with, as the data stack hands it to its parts. The platform is real, in a stack of its own. */
export interface DataParts extends PlatformParts {
  readonly network: IAwsNetwork;
  readonly secretStore: ISecretStore;
  readonly storageClass: IStorageClass;
  readonly issuer: ICertificateIssuer;
  /** A namespace of the stack. */
  readonly namespace: (id: string, name: string) => GuardedNamespace;
}

/** Synthesizes a data stack that holds what `build` puts into it, and nothing else; validations included. */
export function dataStackOf(environment: Environment, build: (parts: DataParts) => void): SynthesizedStack {
  const app = Testing.app({ outdir: tmpdir() }); // nothing is written: the folder has to exist, that is all
  const catalog = catalogFor(environment);
  const platform = new TerraformStack(app, `${environment.name}-platform`);
  catalog.prepare(platform, "platform");
  const { setting, cluster } = platformParts(environment, platform);
  const issuer = catalog.certificateIssuer(platform, "CertificateIssuer", { setting, cluster });
  const secretStore = catalog.secretStore(platform, "SecretStore", { setting, cluster });
  const storageClass = catalog.storageClass(platform, "StorageClass", { setting });

  const stack = new TerraformStack(app, `${environment.name}-data`);
  catalog.prepare(stack, "data");
  const parts = platformParts(environment, stack);
  const network = new NetworkStandIn(stack, "NetworkStandIn");
  const namespace = (id: string, name: string) => new GuardedNamespace(stack, id, { environment, name });
  build({ ...parts, network, issuer, secretStore, storageClass, namespace });
  return new SynthesizedStack(JSON.parse(Testing.synth(stack, true)) as TerraformJson);
}

/** A network as it looks from another stack. It has no resources. */
export class NetworkStandIn extends Construct implements IAwsNetwork {
  readonly podCidr = "10.10.0.0/16";
  readonly zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
  readonly vpcId = "vpc-0123456789abcdef0";
  readonly subnetIds = {
    public: ids("1"),
    private: ids("2"),
    data: ids("3"),
    intra: ids("4"),
  };
}

function ids(tier: string): readonly string[] {
  return ["a", "b", "c"].map((zone) => `subnet-0123456789abcde${tier}${zone}`);
}
