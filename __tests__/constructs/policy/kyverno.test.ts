import { catalogFor } from "../../../constructs/catalog";
import { MetricsServer } from "../../../constructs/scaling/metrics-server";
import type { Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { itStandsTwiceOnPlatform } from "../../contracts/stands-twice";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { pathsOf, release, valuesOf } from "../../released";
import { statementsOf, type SynthesizedStack } from "../../synthesized";

const { local, dev, prod } = environments;
const signing = {
  ...prod,
  policies: { ...prod.policies, signingKeys: ["-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n"] },
};

describe("Kyverno", () => {
  const stack = kyvernoOf(local);

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // deny everything
      "kubernetes_network_policy_v1", // all pods to the API server and DNS
      "kubernetes_network_policy_v1", // the API server to the webhooks
      "kubernetes_resource_quota_v1",
    ]);
  });

  it.each([
    [
      "local",
      local,
      ["kube-node-lease", "kube-public", "kube-system", "kyverno", "local-path-storage", "minio", "registry", "state-store"],
    ],
    ["dev", dev, ["kube-node-lease", "kube-public", "kube-system", "kyverno", "minio", "registry"]],
  ])("leaves the platform's own namespaces in %s alone, and those that it needs to come back", (_, environment, values) => {
    const namespaceSelector = { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values }] };
    expect(valuesOf(release(kyvernoOf(environment), "kyverno"))).toMatchObject({ config: { webhooks: { namespaceSelector } } });
  });

  it("is reached by the API server at its webhooks, and by nobody else", () => {
    const open = Object.entries(pathsOf(stack)).filter(([, { ingress }]) => ingress !== undefined);
    expect(open).toMatchObject([
      [
        "kyverno-admission-controller",
        {
          pod_selector: { match_labels: { "app.kubernetes.io/component": "admission-controller" } },
          ingress: [{ ports: [{ port: "9443", protocol: "TCP" }] }],
        },
      ],
    ]);
  });

  it.each([
    ["local", local, 1, 1],
    ["dev", dev, 1, 1],
    ["prod", prod, 3, 2],
  ])("has as many replicas as %s needs", (_, environment, quorum, replicas) => {
    expect(valuesOf(release(kyvernoOf(environment), "kyverno"))).toMatchObject({
      admissionController: { replicas: quorum, podDisruptionBudget: { enabled: quorum > 1, minAvailable: quorum > 1 ? 2 : 1 } },
      reportsController: { replicas, podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 } },
    });
  });

  it("runs nothing for policies that change or delete objects", () => {
    expect(valuesOf(release(stack, "kyverno"))).toMatchObject({
      backgroundController: { enabled: false },
      cleanupController: { enabled: false },
    });
  });

  it("comes after everything that it is told to come after", () => {
    const both = platformStackOf(local, (parts) => {
      const { stack: scope, setting } = parts;
      make(parts, "Kyverno", [new MetricsServer(scope, "MetricsServer", { setting, kubeletCertificates: "signed" })]);
    });
    expect(release(both, "kyverno").depends_on).toContain(both.address("helm_release", "MetricsServer_"));
    expect(release(both, "metrics-server").depends_on).not.toContain(both.address("helm_release", "Kyverno_"));
  });

  it("gets nothing of AWS where no signatures are asked for", () => {
    expect(kyvernoOf(prod).inventory.filter((type) => type.startsWith("aws_"))).toEqual([]);
  });

  it("reads the environment's own images where signatures are asked for, and nothing else", () => {
    const signed = kyvernoOf(signing);
    expect(statementsOf(signed.one("aws_iam_role_policy").policy)).toEqual([
      { Sid: "LogIn", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Sid: "Read",
        Effect: "Allow",
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: "arn:aws:ecr:eu-central-1:000000000003:repository/ml-platform-prod/*",
      },
    ]);
    expect(signed.one("aws_eks_pod_identity_association")).toMatchObject({
      namespace: "kyverno",
      service_account: "kyverno-admission-controller",
    });
    expect(release(signed, "kyverno").depends_on).toContain(signed.address("aws_eks_pod_identity_association"));
  });

  it("names its role at the service account where identities are IRSA's", () => {
    expect(valuesOf(release(kyvernoOf({ ...signing, identity: "irsa" }), "kyverno"))).toMatchObject({
      admissionController: {
        rbac: {
          serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::000000000003:role/ml-platform-prod-kyverno" } },
        },
      },
    });
  });

  it("fails when the environment gives it a value that the chart does not have", () => {
    expect(() => kyvernoOf({ ...local, addonValues: { kyverno: { admissionControler: { replicas: 2 } } } })).toThrow(
      "local.addonValues.kyverno: admissionControler is",
    );
  });

  itStandsTwiceOnPlatform(signing, (parts, id) => make(parts, id));
});

function kyvernoOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, (parts) => make(parts, "Kyverno"));
}

function make({ stack, setting, cluster }: PlatformParts, id: string, after: readonly MetricsServer[] = []) {
  const props = { setting, cluster, after, platformNamespaces: ["registry", "minio"] };
  return catalogFor(setting.environment).policyEngine(stack, id, props);
}
