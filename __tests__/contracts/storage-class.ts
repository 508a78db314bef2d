import { Token, type TerraformStack } from "cdktf";
import { Manifests } from "../../constructs/addons/manifests";
import type { AddonProps } from "../../constructs/addons/platform-setting";
import { catalogFor } from "../../constructs/catalog";
import type { IStorageClass } from "../../constructs/storage/storage-class";
import type { Environment } from "../../environments/environment";
import { platformStackOf } from "../platform-stack";
import { itStandsTwiceOnPlatform } from "./stands-twice";

/** What every default storage class keeps, wherever its volumes are. */
export function itHonoursStorageClass(
  name: string,
  environment: Environment,
  make: (scope: TerraformStack, id: string, props: AddonProps) => IStorageClass,
): void {
  describe(`${name} honours the contract of storage classes`, () => {
    const built: IStorageClass[] = [];
    const stack = platformStackOf(environment, ({ stack: scope, setting }) => built.push(make(scope, "StorageClass", { setting })));
    const [storageClass] = built;
    const resource = stack.one("kubernetes_storage_class_v1");

    it("is what the catalog of its environment builds", () => {
      platformStackOf(environment, ({ stack: scope, setting }) => {
        expect(catalogFor(environment).storageClass(scope, "StorageClass", { setting }).constructor.name).toBe(name);
      });
    });

    it("has the same name in every environment, known at synth", () => {
      expect(storageClass?.storageClassName).toBe("platform-default");
      expect(Token.isUnresolved(storageClass?.storageClassName)).toBe(false);
      expect(resource.metadata).toMatchObject({ name: "platform-default" });
    });

    it("is what claims get that name no class", () => {
      expect(resource.metadata).toMatchObject({ annotations: { "storageclass.kubernetes.io/is-default-class": "true" } });
    });

    it("makes a volume where the pod is that asks first", () => {
      expect(resource).toMatchObject({ volume_binding_mode: "WaitForFirstConsumer" });
    });

    it.each([
      [true, "Delete"],
      [false, "Retain"],
    ])("when the environment is disposable: %s, it does with volumes without a claim: %s", (disposable, policy) => {
      const other = platformStackOf({ ...environment, disposable }, ({ stack: scope, setting }) =>
        make(scope, "StorageClass", { setting }),
      );
      expect(other.one("kubernetes_storage_class_v1")).toMatchObject({ reclaim_policy: policy });
    });

    it("makes what requires it wait for the class", () => {
      const waiting = platformStackOf(environment, ({ stack: scope, setting }) => {
        const requires = [make(scope, "StorageClass", { setting })];
        new Manifests(scope, "Waiting", { release: "waiting", namespace: "kube-system", resources: [], requires });
      });
      expect(waiting.one("helm_release").depends_on).toEqual([stack.address("kubernetes_storage_class_v1")]);
    });

    itStandsTwiceOnPlatform(environment, ({ stack: scope, setting }, id) => make(scope, id, { setting }));
  });
}
