import { catalogFor } from "../../../constructs/catalog";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { platformStackOf } from "../../platform-stack";
import { valuesOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local, dev, prod } = environments;

function metricsServerOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting }) => catalogFor(environment).metricsServer(stack, "MetricsServer", { setting }));
}

describe("MetricsServer", () => {
  const stack = metricsServerOf(prod);
  const release = stack.one("helm_release");

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // nothing, and then what is needed
      "kubernetes_network_policy_v1",
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("starts once its namespace is guarded and its paths are open", () => {
    expect([...(release.depends_on as readonly string[])].sort()).toEqual(
      [
        stack.address("kubernetes_network_policy_v1", "MetricsServerNamespace_"),
        stack.address("kubernetes_resource_quota_v1"),
        stack.address("kubernetes_limit_range_v1"),
        stack.address("kubernetes_default_service_account_v1"),
        stack.address("kubernetes_network_policy_v1", "MetricsServer_Paths_"),
      ].sort(),
    );
    expect(stack.one("kubernetes_namespace_v1").metadata).toMatchObject({ labels: { "pod-security.kubernetes.io/enforce": "restricted" } });
  });

  it("is asked by the API server, and asks the kubelets", () => {
    expect(networkPaths(metricsServerOf(dev))["metrics-server"]).toEqual([
      "from 10.10.160.0/22 10250", // the API server's interfaces
      "from 10.10.164.0/22 10250",
      "from 172.20.0.1/32 10250",
      "to 10.10.160.0/22 443",
      "to 10.10.164.0/22 443",
      "to 172.20.0.1/32 443",
      "to kube-system/kube-dns 53/UDP 53",
      "to 10.10.0.0/19 10250", // nodes
      "to 10.10.32.0/19 10250",
    ]);
  });

  it.each([
    ["local", local, ["--kubelet-insecure-tls"]],
    ["dev", dev, []],
    ["prod", prod, []],
  ])("believes kubelets without a certificate of the cluster's CA on a laptop alone: %s", (_, environment, args) => {
    expect(valuesOf(metricsServerOf(environment).one("helm_release")).args).toEqual(args);
  });

  it("tells everybody how it does: Prometheus shows it no token", () => {
    expect(valuesOf(release)).toMatchObject({ metrics: { enabled: true } });
  });

  it("keeps a replica through the loss of a node in production", () => {
    expect(valuesOf(release)).toMatchObject({ replicas: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } });
    expect(valuesOf(metricsServerOf(local).one("helm_release"))).toMatchObject({ replicas: 1, podDisruptionBudget: { enabled: false } });
  });

  it("fails when the environment takes an image without a version", () => {
    expect(() => metricsServerOf({ ...dev, addonValues: { "metrics-server": { image: { tag: "latest" } } } })).toThrow(
      'dev.addonValues.metrics-server.image: tag is "latest", must be a tag that names a version; name the version that was tested',
    );
  });
});
