import { catalogFor, layers } from "../../constructs/catalog";
import type { Environment } from "../../environments/environment";
import { environments } from "../../environments/index";
import { synthesizedStack } from "../synthesized";

const { local, dev } = environments;

describe("catalogFor", () => {
  it.each(Object.entries(environments))("orders every layer of %s once", (_, environment) => {
    expect([...catalogFor(environment).order].sort()).toEqual([...layers].sort());
  });

  it("has the bucket first on AWS and the cluster first on a laptop, where the bucket lives in it", () => {
    expect(catalogFor(dev).order.slice(0, 3)).toEqual(["state", "cluster", "platform"]);
    expect(catalogFor(local).order.slice(0, 3)).toEqual(["cluster", "state", "platform"]);
  });

  it("fails when the target is unknown", () => {
    expect(() => catalogFor({ ...local, target: "moon" } as unknown as Environment)).toThrow(/^no case for \{.*/);
  });

  it("fails when a cluster of AWS is given the network of a laptop", () => {
    expect(() =>
      synthesizedStack(dev, "cluster", (scope) => {
        const network = catalogFor(local).network(scope, "Network");
        catalogFor(dev).cluster(scope, "Cluster", { network });
      }),
    ).toThrow('dev-cluster/Cluster: network is "dev-cluster/Network", must be a network on AWS; take it from the same catalog');
  });

  it.each(["platform", "data", "apps"] as const)("gives the layer %s of a laptop the cluster's provider, by file and context", (layer) => {
    const { json } = synthesizedStack(local, layer, () => undefined);
    expect(json.provider).toEqual({
      kubernetes: [{ config_path: "../../../.state/local/kubeconfig", config_context: "kind-ml-platform-local" }],
    });
  });
});
