import { onAws } from "../../../constructs/network/aws-network";
import { KindNetwork } from "../../../constructs/network/kind-network";
import { environments } from "../../../environments/index";
import { itHonoursNetwork } from "../../contracts/network";
import { synthesizedStack } from "../../synthesized";

const { local } = environments;

itHonoursNetwork("KindNetwork", local, (scope, id) => new KindNetwork(scope, id, local));

describe("KindNetwork", () => {
  it("makes nothing: Kind's network comes with the cluster", () => {
    const stack = synthesizedStack(local, "cluster", (scope) => new KindNetwork(scope, "Network", local));
    expect(stack.inventory).toEqual([]);
  });

  it("has the block that the cluster gives to pods, and one zone", () => {
    synthesizedStack(local, "cluster", (scope) => {
      const network = new KindNetwork(scope, "Network", local);
      expect(network.podCidr).toBe(local.kind.podCidr);
      expect(network.zones).toEqual(["local-a"]);
    });
  });

  it("fails when something on AWS is to be built in it", () => {
    synthesizedStack(local, "cluster", (scope) => {
      const network = new KindNetwork(scope, "Network", local);
      expect(() => onAws(network, "dev-cluster/Cluster")).toThrow(
        'dev-cluster/Cluster: network is "local-cluster/Network", must be a network on AWS; take it from the same catalog',
      );
    });
  });
});
