import { catalogFor } from "../../constructs/catalog";
import type { INodeScaling } from "../../constructs/scaling/node-scaling";
import type { Environment } from "../../environments/environment";
import { platformStackOf, type PlatformParts } from "../platform-stack";

/** What every node scaling keeps, whatever brings the nodes. */
export function itHonoursNodeScaling(
  name: string,
  environment: Environment,
  make: (parts: PlatformParts, id: string) => INodeScaling,
): void {
  describe(`${name} honours the contract of node scalings`, () => {
    const built: INodeScaling[] = [];
    const stack = platformStackOf(environment, (parts) => built.push(make(parts, "NodeScaling")));

    it("is what the catalog of its environment builds", () => {
      platformStackOf(environment, ({ stack: scope, setting, cluster }) => {
        const network = catalogFor(environment).network(scope, "Network");
        const made = catalogFor(environment).nodeScaling(scope, "NodeScaling", { setting, cluster, network });
        expect(made.constructor.name).toBe(name);
      });
    });

    it("lets just those groups grow that overflow", () => {
      const groups = "cluster" in environment ? environment.cluster.nodeGroups.filter(({ overflow }) => overflow !== undefined) : [];
      expect(built.map(({ growingGroups }) => growingGroups)).toEqual([groups.map((group) => group.name)]);
    });

    it("is installed with something where a group grows", () => {
      const growing = built.filter(({ growingGroups }) => growingGroups.length > 0);
      for (const { installed } of growing) expect(installed).toHaveLength(1);
      expect(stack.resources.length > 0).toBe(growing.length > 0);
    });

    it("stands twice in one stack without losing an element", () => {
      const two = platformStackOf(environment, (parts) => [make(parts, "One"), make(parts, "Other")]);
      expect(two.inventory).toEqual(stack.inventory.flatMap((type) => [type, type]));
    });
  });
}
