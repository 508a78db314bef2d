import { nodePorts } from "../../../constructs/cluster/node-ports";
import { LocalRegistry } from "../../../constructs/registry/local-registry";
import { environments } from "../../../environments/index";
import { images, itHonoursRegistry } from "../../contracts/registry";
import { itIsRestricted } from "../../contracts/restricted-pods";
import { synthesizedStack } from "../../synthesized";

const { local } = environments;

itHonoursRegistry("LocalRegistry", local, (scope, id) => new LocalRegistry(scope, id, { environment: local, images, pullPrincipals: [] }));

describe("LocalRegistry", () => {
  const stack = synthesizedStack(local, "platform", (scope) => {
    new LocalRegistry(scope, "Registry", { environment: local, images, pullPrincipals: [] });
  });

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "kubernetes_deployment_v1", // the server
      "kubernetes_namespace_v1",
      "kubernetes_persistent_volume_claim_v1", // images
      "kubernetes_service_v1", // node port
    ]);
  });

  itIsRestricted(stack, { image: local.registry.image });

  it("answers on the node port that nodes and laptop use", () => {
    expect(stack.one("kubernetes_service_v1").spec).toMatchObject({
      type: "NodePort",
      port: [{ node_port: nodePorts.registry, port: 5000, target_port: "http" }],
    });
    expect(stack.one("kubernetes_deployment_v1").spec).toMatchObject({
      template: { spec: { container: [{ port: [{ name: "http", container_port: 5000 }] }] } },
    });
  });

  it("keeps images on a volume that one pod at a time uses", () => {
    expect(stack.one("kubernetes_persistent_volume_claim_v1")).toMatchObject({
      spec: { resources: { requests: { storage: "20Gi" } } },
      wait_until_bound: false, // Kind binds it when the pod comes
    });
    expect(stack.one("kubernetes_deployment_v1").spec).toMatchObject({
      replicas: "1",
      strategy: { type: "Recreate" },
      template: {
        spec: { volume: [{ persistent_volume_claim: { claim_name: expect.stringContaining("kubernetes_persistent_volume_claim_v1") } }] },
      },
    });
  });
});
