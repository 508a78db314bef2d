import { CloudNativePg } from "../../../constructs/database/cloud-native-pg";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { platformStackOf } from "../../platform-stack";
import { valuesOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local, prod } = environments;

describe("CloudNativePg", () => {
  const stack = operatorOf(local);

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1", // of the namespace `cloudnative-pg`
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // denies everything
      "kubernetes_network_policy_v1", // the operator's paths
      "kubernetes_resource_quota_v1",
    ]);
  });

  it.each([
    ["local", local, 1],
    ["prod", prod, 2], // one of them leads
  ] as const)("has as many operators in %s as the environment can lose", (_, environment, replicaCount) => {
    expect(valuesOf(operatorOf(environment).one("helm_release"))).toMatchObject({
      replicaCount,
      resources: { limits: { memory: expect.any(String) }, requests: { cpu: expect.any(String) } },
    });
  });

  it("talks to the API server and DNS, and is asked by the API server", () => {
    const outside = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
    expect(Object.entries(networkPaths(stack)).filter(([name]) => name !== "default-deny")).toEqual([
      [
        "cloudnative-pg-cloudnative-pg",
        [
          ...outside.map((block) => `from ${block} 9443`),
          ...outside.map((block) => `to ${block} 6443 443`),
          "to kube-system/kube-dns 53/UDP 53",
        ],
      ],
    ]);
  });

  it("fails when the environment gives it a value that the chart does not know", () => {
    expect(() => operatorOf({ ...local, addonValues: { "cloudnative-pg": { replicas: 3 } } })).toThrow(
      /local\.addonValues\.cloudnative-pg: replicas is 3, must be a value that cloudnative-pg has; /,
    );
  });
});

function operatorOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting }) => new CloudNativePg(stack, "Operator", { setting }));
}
