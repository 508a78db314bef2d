import { onEks } from "../../../constructs/cluster/aws-cluster";
import { ExistingVpc } from "../../../constructs/network/existing-vpc";
import { KarpenterNodeScaling } from "../../../constructs/scaling/karpenter-node-scaling";
import type { AwsEnvironment } from "../../../environments/environment";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import type { SynthesizedStack } from "../../synthesized";

/** Subnets of the nodes, as they cross from the network. */
export const nodeSubnets = ["subnet-00000000000000001", "subnet-00000000000000002"] as const;

/** Node scaling in a platform stack, over a network of another layer. */
export function makeKarpenter(environment: AwsEnvironment, { stack, setting, cluster }: PlatformParts, id: string): KarpenterNodeScaling {
  const network = new ExistingVpc(stack, `${id}Network`, environment, {
    vpc: "existing",
    vpcId: "vpc-00000000000000001",
    cidr: environment.network.cidr,
    subnetIds: { public: [], private: [...nodeSubnets], data: [], intra: [] },
  });
  return new KarpenterNodeScaling(stack, id, { setting, environment, network, cluster: onEks(cluster, id) });
}

/** A platform stack with the node scaling of an environment, and nothing else. */
export function karpenterOf(environment: AwsEnvironment): SynthesizedStack {
  return platformStackOf(environment, (parts) => makeKarpenter(environment, parts, "NodeScaling"));
}
