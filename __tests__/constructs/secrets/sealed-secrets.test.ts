import { SealedSecrets } from "../../../constructs/secrets/sealed-secrets";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";
import { release, valuesOf } from "../../released";

describe("SealedSecrets", () => {
  const stack = platformStackOf(environments.prod, ({ stack, setting }) => new SealedSecrets(stack, "SealedSecrets", { setting }));
  const values = valuesOf(release(stack, "sealed-secrets"));

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // default-deny
      "kubernetes_network_policy_v1", // of the controller
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("adds what the chart lacks to be let into a restricted namespace", () => {
    expect(stack.one("kubernetes_namespace_v1").metadata).toMatchObject({ labels: { "pod-security.kubernetes.io/enforce": "restricted" } });
    expect(values.containerSecurityContext).toEqual({ allowPrivilegeEscalation: false, seccompProfile: { type: "RuntimeDefault" } });
  });

  it("is called as kubeseal calls it, and renews its key every 30 days", () => {
    expect(values).toMatchObject({ fullnameOverride: "sealed-secrets-controller", keyrenewperiod: "720h" });
  });

  it("takes the image that the chart was made for, from the project's own registry", () => {
    expect(values.image).toEqual({ registry: "ghcr.io", repository: "bitnami/sealed-secrets-controller" });
  });

  it("is asked through the API server, and calls nothing but it", () => {
    expect(stack.one("kubernetes_network_policy_v1", "SealedSecrets_Paths").spec).toMatchObject({
      policy_types: ["Ingress", "Egress"],
      ingress: [{ from: expect.any(Array), ports: [{ port: "8080", protocol: "TCP" }] }],
      egress: [
        { ports: [{ port: "443", protocol: "TCP" }] },
        {
          ports: [
            { port: "53", protocol: "UDP" },
            { port: "53", protocol: "TCP" },
          ],
        },
      ],
    });
  });

  it("fails when a value is asked for that the chart does not have", () => {
    const mistaken = { ...environments.prod, addonValues: { "sealed-secrets": { keyRenewPeriod: "1h" } } };
    expect(() => platformStackOf(mistaken, ({ stack: scope, setting }) => new SealedSecrets(scope, "SealedSecrets", { setting }))).toThrow(
      /prod\.addonValues\.sealed-secrets: keyRenewPeriod is "1h", must be a value that sealed-secrets has; .*keyrenewperiod/,
    );
  });
});
