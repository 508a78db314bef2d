import { GuardedNamespace } from "../../../constructs/namespaces/guarded-namespace";
import { KubernetesSecretStore } from "../../../constructs/secrets/kubernetes-secret-store";
import { SecretCopy, type SecretCopyProps } from "../../../constructs/secrets/secret-copy";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";
import { manifest, release } from "../../released";

const { local } = environments;

function stackOf(name: string, more: Partial<SecretCopyProps> = {}) {
  return platformStackOf(local, ({ stack, ...props }) => {
    const store = new KubernetesSecretStore(stack, "Store", props);
    const namespace = new GuardedNamespace(stack, "Team", { environment: local, name: "monitoring" });
    const data = { password: store.generate(stack, "Admin", "grafana-admin"), token: store.reference("github-token", "value") };
    new SecretCopy(stack, "Copy", { store, namespace, name, data, ...more });
  });
}

describe("SecretCopy", () => {
  const stack = stackOf("grafana-admin");
  const fingerprint = (of: string, made = stack) => `\${nonsensitive(substr(sha256(${made.address("random_password", of)}.result), 0, 8))}`;

  it("is one ExternalSecret in the namespace that needs the Secret", () => {
    expect([manifest(stack, "ExternalSecret")]).toEqual([
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: { name: "grafana-admin", namespace: "monitoring", annotations: { "evenkeel/fingerprints": fingerprint("Admin") } },
        spec: {
          refreshInterval: "15m",
          secretStoreRef: { kind: "ClusterSecretStore", name: "environment" },
          target: { name: "grafana-admin", creationPolicy: "Owner", deletionPolicy: "Retain" },
          data: [
            { secretKey: "password", remoteRef: { key: "grafana-admin", property: "password" } },
            { secretKey: "token", remoteRef: { key: "github-token", property: "value" } },
          ],
        },
      },
    ]);
    expect(release(stack, "grafana-admin-copy").namespace).toBe(`\${${stack.address("kubernetes_namespace_v1", "Team")}.metadata[0].name}`);
  });

  it("is copied at once when a secret of the same stack is made up anew: by an annotation that tells one password from another", () => {
    const several = platformStackOf(local, ({ stack: scope, ...props }) => {
      const store = new KubernetesSecretStore(scope, "Store", props);
      const namespace = new GuardedNamespace(scope, "Team", { environment: local, name: "team" });
      const data = { one: store.generate(scope, "One", "one"), two: store.generate(scope, "Two", "two") };
      new SecretCopy(scope, "Copy", { store, namespace, name: "both", data });
      new SecretCopy(scope, "Others", { store, namespace, name: "others", data: { three: store.reference("three", "value") } });
    });
    expect(manifest(several, "ExternalSecret", "both").metadata.annotations).toEqual({
      "evenkeel/fingerprints": `${fingerprint("One", several)} ${fingerprint("Two", several)}`,
    });
    expect(manifest(several, "ExternalSecret", "others").metadata).toEqual({ name: "others", namespace: "team" });
  });

  it("comes after the store, and after what it copies where that is made up here", () => {
    expect(release(stack, "grafana-admin-copy").depends_on).toEqual([
      stack.address("helm_release", "Store_ClusterSecretStore"),
      stack.address("kubernetes_secret_v1", "Admin"),
    ]);
  });

  it("can put values into other text, as another type of Secret, and ask more often", () => {
    const copied = stackOf("db", {
      template: { url: "postgres://app:{{ .password }}@db/app" },
      type: "kubernetes.io/basic-auth",
      labels: { watched: "true" },
      refreshMinutes: 1,
    });
    expect([manifest(copied, "ExternalSecret")]).toMatchObject([
      {
        spec: {
          refreshInterval: "1m",
          target: {
            template: {
              type: "kubernetes.io/basic-auth",
              metadata: { labels: { watched: "true" } },
              data: { url: "postgres://app:{{ .password }}@db/app" },
            },
          },
        },
      },
    ]);
  });

  it("fails when nothing is copied", () => {
    expect(() => stackOf("empty", { data: {} })).toThrow("local-platform/Copy: data is {}, must be at least one key; say what is copied");
  });

  it("fails when the name makes no release of Helm", () => {
    expect(() => stackOf("a".repeat(50))).toThrow(/release is "a+-copy", must be a release of at most 53 characters, not 55; rename it/);
  });
});
