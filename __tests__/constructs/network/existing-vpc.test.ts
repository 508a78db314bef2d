import { ExistingVpc } from "../../../constructs/network/existing-vpc";
import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import { environments } from "../../../environments/index";
import { itHonoursNetwork } from "../../contracts/network";
import { synthesizedStack } from "../../synthesized";

const network = {
  vpc: "existing",
  vpcId: "vpc-0123456789abcdef0",
  cidr: "10.40.0.0/16",
  subnetIds: {
    public: ["subnet-00000001", "subnet-00000002"],
    private: ["subnet-00000003", "subnet-00000004"],
    data: ["subnet-00000005", "subnet-00000006"],
    intra: ["subnet-00000007", "subnet-00000008"],
  },
} as const;
const environment = { ...environments.dev, network };

itHonoursNetwork("ExistingVpc", environment, (scope, id) => new ExistingVpc(scope, id, environment, network));

describe("ExistingVpc", () => {
  it("changes nothing in a network that somebody else owns", () => {
    const stack = synthesizedStack(environment, "cluster", (scope) => new ExistingVpc(scope, "Network", environment, network));
    expect(stack.inventory).toEqual([]);
    expect(stack.json.data).toBeUndefined();
  });

  it("hands the given subnets to what is built in it", () => {
    const stack = synthesizedStack(environment, "cluster", (scope) => {
      new EksCluster(scope, "Cluster", { environment, network: new ExistingVpc(scope, "Network", environment, network) });
    });
    expect(stack.one("aws_eks_cluster").vpc_config).toMatchObject({ subnet_ids: ["subnet-00000007", "subnet-00000008"] });
    expect(stack.one("aws_eks_node_group").subnet_ids).toEqual(["subnet-00000003", "subnet-00000004"]);
  });
});
