import { CertManager } from "../../../constructs/certificates/cert-manager";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";
import { pathsOf, release, valuesOf } from "../../released";
import type { SynthesizedStack } from "../../synthesized";

const { local, dev, prod } = environments;

describe("CertManager", () => {
  const stack = certManagerOf(local);

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // deny everything
      "kubernetes_network_policy_v1", // all pods to the API server and DNS
      "kubernetes_network_policy_v1", // the API server to the webhook
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("keeps the types of certificates when it goes, and with them the certificates", () => {
    expect(valuesOf(release(stack, "cert-manager"))).toMatchObject({ crds: { enabled: true, keep: true } });
  });

  it("elects its leaders in its own namespace", () => {
    expect(valuesOf(release(stack, "cert-manager"))).toMatchObject({ global: { leaderElection: { namespace: "cert-manager" } } });
  });

  it("asks the cluster's DNS for records, as port 53 of the internet is closed", () => {
    expect(valuesOf(release(stack, "cert-manager"))).toMatchObject({ dns01RecursiveNameserversOnly: true });
    expect(JSON.stringify(pathsOf(stack))).not.toContain("0.0.0.0/0");
  });

  it("is reached by the API server at its webhook, and by nobody else", () => {
    const open = Object.entries(pathsOf(stack)).filter(([, { ingress }]) => ingress !== undefined);
    expect(open).toMatchObject([
      [
        "cert-manager-webhook",
        {
          pod_selector: { match_labels: { "app.kubernetes.io/component": "webhook" } },
          ingress: [{ ports: [{ port: "10250", protocol: "TCP" }] }],
        },
      ],
    ]);
    expect(valuesOf(release(stack, "cert-manager"))).toMatchObject({ webhook: { securePort: 10250 } });
  });

  it("takes name constraints into account in both of its parts that read them", () => {
    const featureGates = "NameConstraints=true";
    expect(valuesOf(release(stack, "cert-manager"))).toMatchObject({ featureGates, webhook: { featureGates } });
  });

  it.each([
    ["local", local, 1, 1, false],
    ["dev", dev, 1, 1, false],
    ["prod", prod, 2, 3, true],
  ])("has as many replicas as %s needs", (_, environment, replicas, webhooks, highlyAvailable) => {
    const podDisruptionBudget = { enabled: highlyAvailable };
    expect(valuesOf(release(certManagerOf(environment), "cert-manager"))).toMatchObject({
      replicaCount: replicas,
      podDisruptionBudget,
      webhook: { replicaCount: webhooks, podDisruptionBudget },
      cainjector: { replicaCount: replicas, podDisruptionBudget },
    });
  });

  it("says for each of its four kinds of pods what they need", () => {
    const bounded = { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } };
    const small = { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } };
    expect(valuesOf(release(certManagerOf(prod), "cert-manager"))).toMatchObject({
      resources: bounded,
      webhook: { resources: small },
      cainjector: { resources: bounded },
      startupapicheck: { resources: small },
    });
  });

  it("fails when the environment gives it a value that the chart does not have", () => {
    const environment = { ...local, addonValues: { "cert-manager": { installCrds: true } } };
    expect(() => certManagerOf(environment)).toThrow(
      "local.addonValues.cert-manager: installCrds is true, must be a value that cert-manager has; did you mean installCRDs?",
    );
  });
});

function certManagerOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting }) => {
    new CertManager(stack, "CertManager", { setting });
  });
}
