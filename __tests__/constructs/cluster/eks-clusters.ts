import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import { ExistingVpc } from "../../../constructs/network/existing-vpc";
import type { AwsEnvironment } from "../../../environments/environment";
import { synthesizedStack, type SynthesizedStack } from "../../synthesized";

/** A network that adds nothing to the stack. */
export const network = {
  vpc: "existing",
  vpcId: "vpc-0123456789abcdef0",
  cidr: "10.40.0.0/16",
  subnetIds: { public: ["subnet-1"], private: ["subnet-2", "subnet-3"], data: ["subnet-4"], intra: ["subnet-5", "subnet-6"] },
} as const;

/** The EKS cluster of an environment in that network, and nothing beside it. */
export function clusterOf(environment: AwsEnvironment): SynthesizedStack {
  return synthesizedStack(environment, "cluster", (scope) => {
    new EksCluster(scope, "Cluster", { environment, network: new ExistingVpc(scope, "Network", environment, network) });
  });
}
