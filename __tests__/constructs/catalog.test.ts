import { catalogFor, layers, type Layer } from "../../constructs/catalog";
import type { Environment } from "../../environments/environment";
import { environments } from "../../environments/index";
import { synthesizedStack } from "../synthesized";

const { local, dev, staging, prod } = environments;

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

  it.each([
    ["local", local, "kubernetes"],
    ["dev", dev, "aws"],
    ["staging", staging, "aws"],
    ["prod", prod, "aws"],
  ])(
    "gives the state layer of %s the provider of its store, and later layers none of a cluster: they add it",
    (_, environment, provider) => {
      const providersOf = (layer: Layer) => synthesizedStack(environment, layer, () => undefined).providers;
      expect(providersOf("state")).toContain(provider);
      for (const layer of ["platform", "data", "apps"] as const) {
        expect(providersOf(layer)).toContain("random");
        expect(providersOf(layer)).not.toContain("kubernetes");
      }
    },
  );

  it("gives the state store of a laptop the cluster's provider, by file and context", () => {
    const { json } = synthesizedStack(local, "state", () => undefined);
    expect(json.provider?.kubernetes).toEqual([
      { config_path: "../../../.state/local/kubeconfig", config_context: "kind-ml-platform-local" },
    ]);
  });
});
