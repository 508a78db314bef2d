import { Token, type TerraformStack } from "cdktf";
import { catalogFor } from "../../constructs/catalog";
import type { ICluster, Toleration } from "../../constructs/cluster/cluster";
import type { Environment } from "../../environments/environment";
import { placements } from "../../environments/node-groups";
import { synthesizedStack, type SynthesizedStack } from "../synthesized";
import { itStandsTwice } from "./stands-twice";

/** Nodes that are alike, as they will come up. */
export interface SynthesizedNodes {
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Omit<Toleration, "operator">[];
}

/**
 * What every cluster keeps, whatever it is made of.
 * @param nodesIn reads the nodes for workloads from what was synthesized
 */
export function itHonoursCluster(
  name: string,
  environment: Environment,
  make: (scope: TerraformStack, id: string) => ICluster,
  nodesIn: (stack: SynthesizedStack) => readonly SynthesizedNodes[],
): void {
  describe(`${name} honours the contract of clusters`, () => {
    const built: ICluster[] = [];
    const stack = synthesizedStack(environment, "cluster", (scope) => built.push(make(scope, "Cluster")));
    const [cluster] = built;
    const nodes = nodesIn(stack);

    it("is what the catalog of its environment builds", () => {
      synthesizedStack(environment, "cluster", (scope) => {
        const catalog = catalogFor(environment);
        const made = catalog.cluster(scope, "Cluster", { network: catalog.network(scope, "Network") });
        expect(made.constructor.name).toBe(name);
      });
    });

    it("knows its name and version at synth", () => {
      expect(cluster?.clusterName).toBe(`${environment.project}-${environment.name}`);
      expect(cluster?.kubernetesVersion).toMatch(/^1\.\d{2}$/);
    });

    it("is reached without a credential in the configuration", () => {
      const fields = Object.keys(cluster?.access ?? {}).sort();
      expect([
        ["by", "context", "path"],
        ["by", "certificateAuthority", "clusterName", "endpoint", "region"],
      ]).toContainEqual(fields);
    });

    it("never configures a provider for itself: there is no cluster to reach yet", () => {
      expect(stack.providers).not.toContain("kubernetes");
      expect(stack.providers).not.toContain("helm");
    });

    it("says who pulls images by reference, or nobody", () => {
      expect(cluster?.imagePullPrincipals.filter((principal) => !Token.isUnresolved(principal))).toEqual([]);
    });

    it.each(placements)("has nodes for the placement %s that its pods tolerate", (placement) => {
      const { nodeSelector, tolerations } = cluster?.scheduling(placement) ?? { nodeSelector: {}, tolerations: [] };
      const chosen = nodes.filter(({ labels }) => Object.entries(nodeSelector).every(([key, value]) => labels[key] === value));

      expect(new Set(chosen.map(({ labels }) => labels["evenkeel/node-group"])).size).toBe(1);
      for (const { taints } of chosen) {
        expect(tolerations).toEqual(taints.map(({ key, value, effect }) => ({ key, operator: "Equal", value, effect })));
      }
    });

    itStandsTwice(environment, "cluster", make);
  });
}
