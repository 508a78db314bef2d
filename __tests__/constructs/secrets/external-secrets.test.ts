import { ExternalSecrets } from "../../../constructs/secrets/external-secrets";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";
import { release, valuesOf } from "../../released";

const { local, prod } = environments;

function stackOf(environment: Environment) {
  return platformStackOf(environment, ({ stack, setting }) => new ExternalSecrets(stack, "Operator", { setting }));
}

describe("ExternalSecrets", () => {
  const stack = stackOf(local);
  const values = valuesOf(release(stack, "external-secrets"));

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // default-deny
      "kubernetes_network_policy_v1", // of the operator
      "kubernetes_network_policy_v1", // of the webhook
      "kubernetes_network_policy_v1", // of the certificate controller
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("runs one of each where that is enough, and without a budget that would keep a node from going", () => {
    expect(values).toMatchObject({
      replicaCount: 1,
      leaderElect: false,
      podDisruptionBudget: { enabled: false },
      webhook: { replicaCount: 1, podDisruptionBudget: { enabled: false } },
      certController: { replicaCount: 1 },
    });
  });

  it("loses a node unnoticed in production: one of two operators leads", () => {
    expect(valuesOf(release(stackOf(prod), "external-secrets"))).toMatchObject({
      replicaCount: 2,
      leaderElect: true,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      webhook: { replicaCount: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } },
      certController: { replicaCount: 1 },
    });
  });

  it("serves v1 only, writes to no store, and takes tokens of no service account", () => {
    expect(values).toMatchObject({
      crds: { unsafeServeV1Beta1: false, createPushSecret: false, createClusterPushSecret: false },
      processPushSecret: false,
      processClusterPushSecret: false,
      processClusterExternalSecret: false,
      processClusterGenerator: false,
      rbac: { serviceAccountTokenCreate: false },
    });
  });

  it("gives the editors of a namespace no way to every secret of the store", () => {
    expect(values).toMatchObject({ rbac: { aggregateToEdit: false, aggregateToAdmin: false } });
  });

  it("processes no kind whose type is left out: the operator would wait for it", () => {
    const { crds, ...processed } = values as { crds: Readonly<Record<string, boolean>> } & Readonly<Record<string, unknown>>;
    const leftOut = Object.entries(crds).filter(([key, value]) => key.startsWith("create") && !value);
    expect(leftOut.length).toBeGreaterThan(0);
    for (const [key] of leftOut) expect([key, processed[key.replace("create", "process")]]).toEqual([key, false]);
  });

  it("opens the webhook to the API server, and nothing else to anybody", () => {
    const policies = stack.all("kubernetes_network_policy_v1", "Operator_Paths");
    const ingress = policies.flatMap(({ spec }) => {
      const { pod_selector, ingress: rules } = spec as { pod_selector: unknown; ingress?: readonly unknown[] };
      return rules ? [{ pod_selector, rules }] : [];
    });
    expect(ingress).toEqual([
      {
        pod_selector: { match_labels: { "app.kubernetes.io/name": "external-secrets-webhook" } },
        rules: [{ from: expect.any(Array), ports: [{ port: "10250", protocol: "TCP" }] }],
      },
    ]);
    expect(values).toMatchObject({ webhook: { port: 10250 } });
  });

  it("starts once its namespace is guarded and its paths are open", () => {
    const policies = stack.resources
      .filter(({ type }) => type === "kubernetes_network_policy_v1")
      .map(({ type, name }) => `${type}.${name}`);
    expect(release(stack, "external-secrets").depends_on).toEqual(expect.arrayContaining(policies));
  });

  it("fails when a value is asked for that the chart does not have", () => {
    const mistaken: Environment = { ...local, addonValues: { "external-secrets": { replicaCounts: 2 } } };
    expect(() => stackOf(mistaken)).toThrow(
      /local\.addonValues\.external-secrets: replicaCounts is 2, must be a value that external-secrets has; .*replicaCount/,
    );
  });
});
