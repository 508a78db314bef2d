import { catalogFor } from "../../../constructs/catalog";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { platformStackOf } from "../../platform-stack";
import { only, type SynthesizedStack } from "../../synthesized";

const { dev, prod } = environments;

interface Pod {
  readonly affinity: unknown;
  readonly toleration: unknown;
  readonly container: readonly { readonly image: string; readonly security_context: unknown; readonly resources: unknown }[];
  readonly volume: readonly unknown[];
  readonly automount_service_account_token: boolean;
}

function pluginOf(environment: AwsEnvironment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting }) => {
    catalogFor(environment).devicePlugin(stack, "DevicePlugin", { setting });
  });
}

function podOf(stack: SynthesizedStack): Pod {
  return (stack.one("kubernetes_daemon_set_v1").spec as { template: { spec: Pod } }).template.spec;
}

describe("NvidiaDevicePlugin", () => {
  const stack = pluginOf(prod);
  const pod = podOf(stack);

  it("consists of a daemon set that talks to nobody", () => {
    expect(stack.inventory).toEqual(["kubernetes_daemon_set_v1", "kubernetes_network_policy_v1"]);
    expect(networkPaths(stack)).toEqual({ "nvidia-device-plugin-default-deny": ["nothing, Ingress and Egress"] });
    expect(stack.one("kubernetes_daemon_set_v1").depends_on).toEqual([stack.address("kubernetes_network_policy_v1")]);
  });

  it("exists only where a node group has GPUs", () => {
    expect(pluginOf(dev).inventory).toEqual([]);
  });

  it("runs on the nodes with GPUs and on no others, those of the overflow included", () => {
    expect(pod.affinity).toEqual({
      node_affinity: {
        required_during_scheduling_ignored_during_execution: {
          node_selector_term: [{ match_expressions: [{ key: "evenkeel/node-group", operator: "In", values: ["training"] }] }],
        },
      },
    });
    expect(pod.toleration).toEqual([{ key: "nvidia.com/gpu", operator: "Equal", value: "present", effect: "NoSchedule" }]);
  });

  it("goes to every group with GPUs, whatever keeps other pods away from it", () => {
    const taint = { key: "vision", value: "yes", effect: "NoExecute" } as const;
    const groups = [...prod.cluster.nodeGroups, { ...prod.cluster.nodeGroups[2], name: "vision", taints: [taint] }];
    const both = podOf(pluginOf({ ...prod, cluster: { ...prod.cluster, nodeGroups: groups as typeof prod.cluster.nodeGroups } }));
    expect(JSON.stringify(both.affinity)).toContain('"values":["training","vision"]');
    expect(both.toleration).toContainEqual({ ...taint, operator: "Equal" });
  });

  it("runs a pinned image without capabilities and without a token, with one folder of the node", () => {
    const container = only(pod.container, "container");
    expect(container.image).toMatch(/^nvcr\.io\/nvidia\/k8s-device-plugin:v[\d.]+@sha256:[0-9a-f]{64}$/);
    expect(container).toMatchObject({
      security_context: { allow_privilege_escalation: false, capabilities: { drop: ["ALL"] } },
      resources: { limits: { memory: "256Mi" } },
    });
    expect(pod.automount_service_account_token).toBe(false);
    expect(pod.volume).toEqual([{ name: "sockets", host_path: { path: "/var/lib/kubelet/device-plugins", type: "Directory" } }]);
  });

  it("has its version in the ledger", () => {
    platformStackOf(prod, ({ stack: scope, setting }) => {
      expect(catalogFor(prod).devicePlugin(scope, "DevicePlugin", { setting })).toMatchObject({
        ledgerEntries: { "nvcr.io/nvidia/k8s-device-plugin": { version: expect.stringMatching(/^v\d/) } },
      });
    });
  });
});
