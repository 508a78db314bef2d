import { Token, type TerraformStack } from "cdktf";
import { catalogFor } from "../../constructs/catalog";
import { overlap } from "../../constructs/network/cidr";
import type { INetwork } from "../../constructs/network/network";
import type { Environment } from "../../environments/environment";
import { synthesizedStack } from "../synthesized";
import { itStandsTwice } from "./stands-twice";

/** What every network keeps, whatever it is made of. */
export function itHonoursNetwork(name: string, environment: Environment, make: (scope: TerraformStack, id: string) => INetwork): void {
  describe(`${name} honours the contract of networks`, () => {
    const built: INetwork[] = [];
    synthesizedStack(environment, "cluster", (scope) => built.push(make(scope, "Network")));
    const [network] = built;

    it("is what the catalog of its environment builds", () => {
      synthesizedStack(environment, "cluster", (scope) => {
        expect(catalogFor(environment).network(scope, "Network").constructor.name).toBe(name);
      });
    });

    it("knows the block of its pods at synth, for NetworkPolicies", () => {
      expect(network?.podCidr).toMatch(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/);
      expect(overlap(network?.podCidr ?? "", "0.0.0.0/0")).toBe(true);
    });

    it("knows its zones at synth, each once", () => {
      const zones = network?.zones ?? [];
      expect(zones.length).toBeGreaterThan(0);
      expect(new Set(zones).size).toBe(zones.length);
      expect(zones.some((zone) => Token.isUnresolved(zone) || zone === "")).toBe(false);
    });

    it("takes the cluster of the same catalog", () => {
      const stack = synthesizedStack(environment, "cluster", (scope) => {
        catalogFor(environment).cluster(scope, "Cluster", { network: make(scope, "Network") });
      });
      expect(stack.inventory.filter((type) => /^(aws_eks|kind)_cluster$/.test(type))).toHaveLength(1);
    });

    itStandsTwice(environment, "cluster", make);
  });
}
