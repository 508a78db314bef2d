import { MetricsServer } from "../../../constructs/scaling/metrics-server";
import { VerticalPodAutoscaler } from "../../../constructs/scaling/vertical-pod-autoscaler";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { platformStackOf } from "../../platform-stack";
import { valuesOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local, prod } = environments;

function autoscalerOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting }) => {
    const metricsServer = new MetricsServer(stack, "MetricsServer", { setting, kubeletCertificates: "signed" });
    new VerticalPodAutoscaler(stack, "Vpa", { setting, metricsServer });
  });
}

describe("VerticalPodAutoscaler", () => {
  const stack = autoscalerOf(prod);
  const release = stack.one("helm_release", "Vpa_");

  it("consists of a release in a guarded namespace, after the metrics server", () => {
    expect(stack.resources.filter(({ name }) => name.startsWith("Vpa")).map(({ type }) => type)).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // nothing, and then what is needed
      "kubernetes_network_policy_v1",
      "kubernetes_resource_quota_v1",
    ]);
    expect(release.depends_on).toContain(stack.address("helm_release", "MetricsServer_"));
  });

  it("only recommends: nothing that changes a pod runs", () => {
    expect(valuesOf(release)).toMatchObject({ admissionController: { enabled: false }, updater: { enabled: false } });
  });

  it("passes the Pod Security Standard restricted, which the chart alone does not", () => {
    expect(valuesOf(release)).toMatchObject({
      podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
      containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
    });
  });

  it("has as many replicas as the environment needs", () => {
    expect(valuesOf(release).recommender).toMatchObject({ replicas: 2, podDisruptionBudget: { enabled: true } });
    const onLaptop = valuesOf(autoscalerOf(local).one("helm_release", "Vpa_"));
    expect(onLaptop.recommender).toMatchObject({ replicas: 1, podDisruptionBudget: { enabled: false } });
  });

  it("asks the API server, and is asked by nobody", () => {
    const lines = networkPaths(stack)["vertical-pod-autoscaler"] ?? [];
    expect(lines).toContain("to 172.20.0.1/32 443");
    expect(lines).toContain("to kube-system/kube-dns 53/UDP 53");
    expect(lines.filter((line) => line.startsWith("from"))).toEqual([]);
  });

  it("fails when the environment turns on what the chart does not have", () => {
    const environment = { ...prod, addonValues: { "vertical-pod-autoscaler": { recomender: { replicas: 3 } } } };
    expect(() => autoscalerOf(environment)).toThrow(
      'prod.addonValues.vertical-pod-autoscaler: recomender is {"replicas":3}, must be a value that vertical-pod-autoscaler has',
    );
  });
});
