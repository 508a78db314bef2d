import { PrometheusOperatorCrds } from "../../../constructs/monitoring/prometheus-operator-crds";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";
import { valuesOf } from "../../released";

const { local } = environments;

describe("PrometheusOperatorCrds", () => {
  const stack = platformStackOf(local, ({ stack: scope, setting }) => new PrometheusOperatorCrds(scope, "Crds", { setting }));

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1", // of the namespace `monitoring`
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1",
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("brings types in templates, so that Helm upgrades them", () => {
    const release = stack.one("helm_release");
    expect(release).toMatchObject({ chart: "prometheus-operator-crds", name: "prometheus-operator-crds", skip_crds: false });
    expect(valuesOf(release)).toEqual({});
  });

  it("makes the namespace of what will read monitors and rules", () => {
    expect(stack.one("kubernetes_namespace_v1").metadata).toMatchObject({
      name: "monitoring",
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    });
  });
});
