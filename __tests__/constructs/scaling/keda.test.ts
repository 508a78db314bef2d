import { Keda } from "../../../constructs/scaling/keda";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { platformStackOf } from "../../platform-stack";
import { valuesOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local, prod } = environments;

function kedaOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting }) => new Keda(stack, "Keda", { setting }));
}

describe("Keda", () => {
  const stack = kedaOf(prod);
  const values = valuesOf(stack.one("helm_release"));

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // nothing, and then operator, metrics server, webhooks
      "kubernetes_network_policy_v1",
      "kubernetes_network_policy_v1",
      "kubernetes_network_policy_v1",
      "kubernetes_resource_quota_v1",
    ]);
    expect(stack.one("kubernetes_namespace_v1").metadata).toMatchObject({
      name: "keda",
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    });
  });

  it("lets the API server reach metrics and webhooks, and the metrics server the operator; scalers' paths are others' business", () => {
    const apiServer = ["10.30.160.0/22", "10.30.164.0/22", "10.30.168.0/22", "172.20.0.1/32"];
    const everyPod = [...apiServer.map((block) => `to ${block} 443`), "to kube-system/kube-dns 53/UDP 53"];
    expect(networkPaths(stack)).toEqual({
      "default-deny": ["nothing, Ingress and Egress"],
      "keda-keda-operator": ["from keda/keda-operator-metrics-apiserver 9666", ...everyPod],
      "keda-keda-operator-metrics-apiserver": [
        ...apiServer.map((block) => `from ${block} 6443`),
        ...everyPod,
        "to keda/keda-operator 9666",
      ],
      "keda-keda-admission-webhooks": [...apiServer.map((block) => `from ${block} 9443`), ...everyPod],
    });
  });

  it("reads no secrets of others, and scales deployments and stateful sets only", () => {
    expect(values).toMatchObject({
      rbac: { enabledCustomScaledRefKinds: false },
      permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
    });
  });

  it("uses images that a Kind node has already", () => {
    expect(values.image).toEqual({ pullPolicy: "IfNotPresent" });
  });

  it("loses a node unnoticed in production, and is one of each on a laptop", () => {
    const one = { minAvailable: 1 };
    expect(values).toMatchObject({
      operator: { replicaCount: 2 },
      metricsServer: { replicaCount: 2 },
      webhooks: { replicaCount: 2 },
      podDisruptionBudget: { operator: one, metricServer: one, webhooks: one },
    });
    expect(valuesOf(kedaOf(local).one("helm_release"))).toMatchObject({
      operator: { replicaCount: 1 },
      metricsServer: { replicaCount: 1 },
      webhooks: { replicaCount: 1 },
      podDisruptionBudget: { operator: {}, metricServer: {}, webhooks: {} },
    });
  });

  it("counts what it does, which it would not by default", () => {
    const on = { enabled: true };
    expect(values).toMatchObject({ prometheus: { operator: on, metricServer: on, webhooks: on } });
  });

  it("takes the chart's own limits of CPU away", () => {
    for (const part of ["operator", "metricServer", "webhooks"]) {
      expect(values.resources).toMatchObject({
        [part]: { requests: expect.anything(), limits: { memory: expect.any(String), cpu: null } },
      });
    }
  });

  it("has room for all of its pods twice, as a rolling update needs", () => {
    // 2 x 100m and 4 x 50m, doubled, and 50m for jobs.
    expect(stack.one("kubernetes_resource_quota_v1").spec).toMatchObject({ hard: { "requests.cpu": "850m", pods: "17" } });
  });

  it("fails when the environment gives a value that KEDA does not have", () => {
    expect(() => kedaOf({ ...prod, addonValues: { keda: { operator: { replicas: 3 } } } })).toThrow(
      "prod.addonValues.keda.operator: replicas is 3, must be a value that keda has",
    );
  });
});
