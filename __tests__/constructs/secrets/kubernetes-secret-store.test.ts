import { KubernetesSecretStore } from "../../../constructs/secrets/kubernetes-secret-store";
import { environments } from "../../../environments/index";
import { itHonoursSecretStore } from "../../contracts/secret-store";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { manifest, release } from "../../released";
import { only } from "../../synthesized";

const { local } = environments;

function make({ stack, ...props }: PlatformParts, id: string): KubernetesSecretStore {
  return new KubernetesSecretStore(stack, id, props);
}

itHonoursSecretStore("KubernetesSecretStore", local, make);

describe("KubernetesSecretStore", () => {
  const stack = platformStackOf(local, (parts) => {
    make(parts, "Store").generate(parts.stack, "Admin", "grafana-admin");
  });

  it("consists of, beside the guards of two namespaces and the paths of the operator", () => {
    const guards = /default_service_account|limit_range|network_policy|resource_quota/;
    expect(stack.inventory.filter((type) => !guards.test(type))).toEqual([
      "helm_release", // the operator
      "helm_release", // the store
      "kubernetes_namespace_v1", // of the operator
      "kubernetes_namespace_v1", // of the secrets
      "kubernetes_role_binding_v1", // the operator may become the reader
      "kubernetes_role_binding_v1", // the reader may read
      "kubernetes_role_v1",
      "kubernetes_role_v1",
      "kubernetes_secret_v1", // the one that was generated
      "kubernetes_service_account_v1", // the reader
      "random_password",
    ]);
  });

  it("reads a closed namespace as a service account of its own", () => {
    expect([manifest(stack, "ClusterSecretStore")]).toMatchObject([
      {
        spec: {
          provider: {
            kubernetes: {
              remoteNamespace: "secret-store",
              server: {
                url: "https://kubernetes.default.svc",
                caProvider: { type: "ConfigMap", namespace: "secret-store", name: "kube-root-ca.crt", key: "ca.crt" },
              },
              auth: { serviceAccount: { name: "reader", namespace: "secret-store" } },
            },
          },
        },
      },
    ]);
  });

  it("lets the reader read secrets there, and the operator become the reader, and nobody more", () => {
    const namespace = expect.stringContaining("kubernetes_namespace_v1.Store_Namespace") as string;
    const rules = stack.all("kubernetes_role_v1").map(({ metadata, rule }) => ({ metadata, rule }));
    expect(rules).toEqual([
      {
        metadata: { name: "become-reader", namespace },
        rule: [{ api_groups: [""], resources: ["serviceaccounts/token"], resource_names: ["reader"], verbs: ["create"] }],
      },
      {
        metadata: { name: "read-secrets", namespace },
        rule: [{ api_groups: [""], resources: ["secrets"], verbs: ["get", "list", "watch"] }],
      },
    ]);
    expect(stack.all("kubernetes_role_binding_v1").map(({ subject }) => only(subject as readonly unknown[], "subject"))).toEqual([
      { kind: "ServiceAccount", name: "external-secrets", namespace: "external-secrets" },
      { kind: "ServiceAccount", name: "reader", namespace: "secret-store" },
    ]);
    expect(stack.one("kubernetes_service_account_v1")).toMatchObject({
      automount_service_account_token: false,
      metadata: { name: "reader" },
    });
  });

  it("is there once the operator may sign in", () => {
    expect(release(stack, "secret-store").depends_on).toEqual([
      stack.address("helm_release", "Store_Operator"),
      stack.address("kubernetes_role_binding_v1", "Store_ReadSecrets"),
      stack.address("kubernetes_role_binding_v1", "Store_BecomeReader"),
    ]);
  });

  it("keeps what it makes up in that namespace, once the namespace is there", () => {
    expect(stack.one("kubernetes_secret_v1")).toMatchObject({
      metadata: { name: "grafana-admin", namespace: "secret-store" },
      data: { password: `\${${stack.address("random_password")}.result}` },
      depends_on: [stack.address("kubernetes_namespace_v1", "Store_Namespace")],
    });
  });
});
