import { catalogFor } from "../../../constructs/catalog";
import { CertManager } from "../../../constructs/certificates/cert-manager";
import { KubePrometheusStack } from "../../../constructs/monitoring/kube-prometheus-stack";
import { PrometheusOperatorCrds } from "../../../constructs/monitoring/prometheus-operator-crds";
import type { AwsEnvironment, Environment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { networkPaths } from "../../network-paths";
import { platformStackOf } from "../../platform-stack";
import { release, valuesOf } from "../../released";
import { statementsOf, type SynthesizedStack } from "../../synthesized";

const { local, prod } = environments;
const workspaceId = "ws-12345678-abcd-1234-abcd-123456789012";
const archived: AwsEnvironment = { ...prod, amp: { workspaceId } };

describe("ManagedPrometheus", () => {
  const stack = stackOf(archived);
  const { prometheus } = valuesOf(release(stack, "kube-prometheus-stack")) as { prometheus: Record<string, object> };

  it("consists of", () => {
    expect(
      stack.resources
        .filter(({ name }) => name.startsWith("Archive"))
        .map(({ type }) => type)
        .sort(),
    ).toEqual(["aws_eks_pod_identity_association", "aws_iam_role", "aws_iam_role_policy"]);
  });

  it("is written to, signed for the region", () => {
    expect(prometheus.prometheusSpec).toMatchObject({
      remoteWrite: [
        {
          url: `https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/${workspaceId}/api/v1/remote_write`,
          sigv4: { region: "eu-central-1" },
        },
      ],
    });
  });

  it("keeps one of what two replicas write, and tells environments apart", () => {
    expect(prometheus.prometheusSpec).toMatchObject({
      replicas: 2,
      externalLabels: { environment: "prod", cluster: "ml-platform-prod" },
      replicaExternalLabelName: "__replica__",
      replicaExternalLabelNameClear: false,
    });
  });

  it("lets Prometheus write to this workspace, and do nothing else", () => {
    expect(statementsOf(stack.one("aws_iam_role_policy", "Archive").policy)).toEqual([
      {
        Sid: "WriteMetrics",
        Effect: "Allow",
        Action: "aps:RemoteWrite",
        Resource: `arn:aws:aps:eu-central-1:000000000003:workspace/${workspaceId}`,
      },
    ]);
    expect(stack.one("aws_eks_pod_identity_association", "Archive")).toMatchObject({
      namespace: "monitoring",
      service_account: "kube-prometheus-stack-prometheus",
    });
  });

  it("is there, with the way to it, before Prometheus starts", () => {
    const { depends_on } = release(stack, "kube-prometheus-stack");
    expect(depends_on).toContain(stack.address("aws_eks_pod_identity_association", "Archive"));
    const ways = networkPaths(stack)["kube-prometheus-stack-prometheus"];
    expect(ways).toEqual(expect.arrayContaining(["to 169.254.170.23/32 80", "to 0.0.0.0/0 443"]));
  });

  it("names its role on the service account where pods have no identity of their own", () => {
    const irsa = stackOf({ ...archived, identity: "irsa" });
    expect(valuesOf(release(irsa, "kube-prometheus-stack"))).toMatchObject({
      prometheus: {
        serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::000000000003:role/ml-platform-prod-prometheus" } },
      },
    });
  });

  it.each([
    ["prod", prod],
    ["local", local],
  ] as const)("is nothing in %s, which names no workspace", (_, environment) => {
    const without = stackOf(environment);
    expect(without.resources.filter(({ name }) => name.startsWith("Archive"))).toEqual([]);
    expect(networkPaths(without)["kube-prometheus-stack-prometheus"]).not.toContain("to 0.0.0.0/0 443");
  });
});

function stackOf(environment: Environment): SynthesizedStack {
  return platformStackOf(environment, ({ stack, setting, cluster }) => {
    const catalog = catalogFor(environment);
    const crds = new PrometheusOperatorCrds(stack, "Crds", { setting });
    new KubePrometheusStack(stack, "Monitoring", {
      setting,
      crds,
      certManager: new CertManager(stack, "CertManager", { setting }),
      secretStore: catalog.secretStore(stack, "SecretStore", { setting, cluster }),
      storageClass: catalog.storageClass(stack, "StorageClass", { setting }),
      archive: catalog.metricsArchive(stack, "Archive", { setting, cluster, namespace: crds.namespace }),
    });
  });
}
