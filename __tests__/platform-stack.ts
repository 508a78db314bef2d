import type { TerraformStack } from "cdktf";
import type { PlatformSetting } from "../constructs/addons/platform-setting";
import { catalogFor } from "../constructs/catalog";
import type { IAwsCluster } from "../constructs/cluster/aws-cluster";
import type { ICluster } from "../constructs/cluster/cluster";
import { useCharts, useCluster } from "../constructs/cluster/use-cluster";
import type { Environment } from "../environments/environment";
import { synthesizedStack, type SynthesizedStack } from "./synthesized";
import { Construct } from "constructs";

/** What a test builds with, as the platform stack hands it to add-ons. */
export interface PlatformParts {
  readonly stack: TerraformStack;
  readonly setting: PlatformSetting;
  readonly cluster: ICluster;
}

/** Synthesizes a platform stack that holds what `build` puts into it, and nothing else. */
export function platformStackOf(environment: Environment, build: (parts: PlatformParts) => void): SynthesizedStack {
  return synthesizedStack(environment, "platform", (stack) => build(platformParts(environment, stack)));
}

/** Gives a stack what the platform stack hands to add-ons. */
export function platformParts(environment: Environment, stack: TerraformStack): PlatformParts {
  const { footprint, places } = catalogFor(environment);
  const cluster = new ClusterStandIn(stack, "ClusterStandIn", environment);
  useCluster(stack, cluster.access);
  useCharts(stack, cluster.access);
  return { stack, setting: { environment, footprint, places }, cluster };
}

/** A cluster as it looks from another stack: text that is known after its own stack was applied. It has no resources. */
class ClusterStandIn extends Construct implements IAwsCluster {
  readonly clusterName: string;
  readonly kubernetesVersion = "1.35";
  readonly access = { by: "kubeconfig", path: "kubeconfig", context: "test" } as const;
  readonly imagePullPrincipals: readonly string[] = [];
  readonly clusterArn = "arn:aws:eks:eu-central-1:000000000001:cluster/ml-platform-dev";
  readonly endpoint = "https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com";
  readonly securityGroupId = "sg-0123456789abcdef0";
  readonly nodeRoleName = "ml-platform-dev-node";
  readonly nodeRoleArn = "arn:aws:iam::000000000001:role/ml-platform-dev-node";
  readonly secretsKeyArn = "arn:aws:kms:eu-central-1:000000000001:key/00000000-0000-0000-0000-000000000001";
  readonly oidcProviderArn = "arn:aws:iam::000000000001:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF";
  readonly oidcIssuer = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF";
  readonly nodeGroupNames: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    this.clusterName = `${environment.project}-${environment.name}`;
    const groups = "cluster" in environment ? environment.cluster.nodeGroups : environment.kind.nodeGroups;
    this.nodeGroupNames = Object.fromEntries(groups.map(({ name }) => [name, `${name}-20261121000000000000000001`]));
  }

  scheduling() {
    return { nodeSelector: {}, tolerations: [], gpus: false };
  }
}
