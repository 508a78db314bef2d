import { nodePorts } from "../../../constructs/cluster/node-ports";
import { LocalRegistry } from "../../../constructs/registry/local-registry";
import { environments } from "../../../environments/index";
import { images, itHonoursRegistry } from "../../contracts/registry";
import { itIsRestricted } from "../../contracts/restricted-pods";
import { platformStackOf } from "../../platform-stack";

const { local } = environments;

itHonoursRegistry("LocalRegistry", local, (scope, id) => new LocalRegistry(scope, id, { environment: local, images, pullPrincipals: [] }));

describe("LocalRegistry", () => {
  const stack = platformStackOf(local, ({ stack: scope }) => {
    new LocalRegistry(scope, "Registry", { environment: local, images, pullPrincipals: [] });
  });

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "kubernetes_default_service_account_v1", // without a token
      "kubernetes_deployment_v1", // the server
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // denies everything
      "kubernetes_network_policy_v1", // but what comes from outside of the pods
      "kubernetes_persistent_volume_claim_v1", // images
      "kubernetes_resource_quota_v1",
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

  it("is reached from outside of the pods, and calls nobody", () => {
    const blocks = [{ cidr: "10.0.0.0/8", except: [local.kind.podCidr] }, { cidr: "172.16.0.0/12" }, { cidr: "192.168.0.0/16" }];
    expect(stack.one("kubernetes_network_policy_v1", "Registry_Paths").spec).toEqual({
      pod_selector: { match_labels: {} },
      policy_types: ["Ingress"],
      ingress: [{ from: blocks.map((block) => ({ ip_block: block })), ports: [{ port: "5000", protocol: "TCP" }] }],
    });
    expect(stack.one("kubernetes_deployment_v1").depends_on).toContain(stack.address("kubernetes_network_policy_v1", "Registry_Paths"));
  });

  it("keeps images on a volume that one pod at a time uses", () => {
    expect(stack.one("kubernetes_persistent_volume_claim_v1")).toMatchObject({
      spec: { storage_class_name: "platform-default", resources: { requests: { storage: "20Gi" } } },
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
