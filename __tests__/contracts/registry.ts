import { Token, type TerraformStack } from "cdktf";
import { catalogFor } from "../../constructs/catalog";
import type { IRegistry } from "../../constructs/registry/registry";
import type { Environment } from "../../environments/environment";
import { platformStackOf } from "../platform-stack";
import { itStandsTwice } from "./stands-twice";

/** Images that the registry under test is made for. */
export const images = ["api", "batch/worker", "worker"] as const;

/** What every registry keeps, whatever it is made of. It is made for {@link images}. */
export function itHonoursRegistry(name: string, environment: Environment, make: (scope: TerraformStack, id: string) => IRegistry): void {
  describe(`${name} honours the contract of registries`, () => {
    const built: IRegistry[] = [];
    platformStackOf(environment, ({ stack: scope }) => built.push(make(scope, "Registry")));
    const [registry] = built;

    it("is what the catalog of its environment builds", () => {
      platformStackOf(environment, ({ stack: scope }) => {
        const made = catalogFor(environment).registry(scope, "Registry", { images, pullPrincipals: [] });
        expect(made.constructor.name).toBe(name);
      });
    });

    it("has an address that docker takes, known at synth", () => {
      expect(registry?.address).toMatch(/^[a-z0-9.-]+(:\d+)?$/);
      expect(Token.isUnresolved(registry?.address)).toBe(false);
    });

    it("names each image below its address, without a tag", () => {
      const names = images.map((image) => registry?.imageName(image) ?? "");
      expect(new Set(names).size).toBe(images.length);
      for (const [index, full] of names.entries()) {
        expect(full.startsWith(`${registry?.address}/`)).toBe(true);
        expect(full.endsWith(images[index] ?? "?")).toBe(true);
        expect(full.slice(`${registry?.address}/`.length)).not.toMatch(/[:@]/);
      }
    });

    it("fails when asked for an image that has no repository", () => {
      expect(() => registry?.imageName("wroker")).toThrow(
        `${environment.name}-platform/Registry: image is "wroker", must be one of api, batch/worker, worker; add it to the environment's images`,
      );
    });

    itStandsTwice(environment, "platform", make);
  });
}
