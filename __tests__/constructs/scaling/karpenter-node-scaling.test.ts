import { environments } from "../../../environments/index";
import { itHonoursNodeScaling } from "../../contracts/node-scaling";
import { networkPaths } from "../../network-paths";
import { valuesOf } from "../../released";
import { karpenterOf, makeKarpenter } from "./karpenter-stack";

const { dev, prod } = environments;

itHonoursNodeScaling("KarpenterNodeScaling", dev, (parts, id) => makeKarpenter(dev, parts, id));
itHonoursNodeScaling("KarpenterNodeScaling", prod, (parts, id) => makeKarpenter(prod, parts, id));

describe("KarpenterNodeScaling", () => {
  const stack = karpenterOf(prod);
  const controller = stack.one("helm_release", "NodeScaling_Controller_");
  const small = karpenterOf(dev);

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "aws_cloudwatch_event_rule", // spot, rebalance, state, health
      "aws_cloudwatch_event_rule",
      "aws_cloudwatch_event_rule",
      "aws_cloudwatch_event_rule",
      "aws_cloudwatch_event_target",
      "aws_cloudwatch_event_target",
      "aws_cloudwatch_event_target",
      "aws_cloudwatch_event_target",
      "aws_eks_pod_identity_association",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_sqs_queue",
      "aws_sqs_queue_policy",
      "helm_release", // definitions, controller, pools
      "helm_release",
      "helm_release",
      "kubernetes_network_policy_v1", // nothing, and then what is needed
      "kubernetes_network_policy_v1",
    ]);
  });

  it("installs definitions, then the controller with its identity and its paths, then pools", () => {
    expect(controller.depends_on).toEqual([
      stack.address("kubernetes_network_policy_v1", "NodeScaling_Controller_Paths_"),
      stack.address("kubernetes_network_policy_v1", "NodeScaling_DefaultDeny_"),
      stack.address("helm_release", "NodeScaling_Crds_"),
      stack.address("aws_iam_role_policy"),
      stack.address("aws_eks_pod_identity_association"),
    ]);
    expect(controller).toMatchObject({ namespace: "kube-system", skip_crds: true, atomic: true });
    expect(stack.one("helm_release", "NodeScaling_Crds_")).toMatchObject({ namespace: "kube-system", chart: "karpenter-crd" });
    expect(stack.one("helm_release", "NodeScaling_NodePools_").depends_on).toEqual([
      stack.address("helm_release", "NodeScaling_Controller_"),
    ]);
  });

  it("knows its cluster and its queue, and has a replica to lose in production", () => {
    expect(valuesOf(controller)).toEqual({
      replicas: 2,
      serviceAccount: { name: "karpenter", annotations: {} },
      controller: { resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "2Gi" } } },
      settings: {
        clusterName: "ml-platform-prod",
        clusterEndpoint: "https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com",
        eksControlPlane: true,
        interruptionQueue: `\${${stack.address("aws_sqs_queue")}.name}`,
      },
    });
    expect(valuesOf(small.one("helm_release", "NodeScaling_Controller_"))).toMatchObject({ replicas: 1 });
  });

  it("talks to the API server, DNS and AWS, and nobody talks to it", () => {
    expect(networkPaths(small)).toEqual({
      "karpenter-default-deny": ["nothing, Ingress and Egress"],
      "karpenter-karpenter": [
        "to 10.10.160.0/22 443", // the API server's interfaces
        "to 10.10.164.0/22 443",
        "to 172.20.0.1/32 443", // and its service
        "to kube-system/kube-dns 53/UDP 53",
        "to 169.254.170.23/32 80", // Pod Identity
        "to 10.10.160.0/22 443", // endpoints of AWS
        "to 10.10.164.0/22 443",
        "to 0.0.0.0/0 443", // IAM, SSM and prices
      ],
    });
  });

  it("is denied by its labels alone: other pods of the namespace are not ours", () => {
    for (const { spec } of stack.all("kubernetes_network_policy_v1")) {
      expect(spec).toMatchObject({ pod_selector: { match_labels: { "app.kubernetes.io/name": "karpenter" } } });
    }
  });

  it("gets its role by an annotation where the environment uses IRSA", () => {
    const irsa = karpenterOf({ ...dev, identity: "irsa" });
    expect(valuesOf(irsa.one("helm_release", "NodeScaling_Controller_"))).toMatchObject({
      serviceAccount: {
        name: "karpenter",
        annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::000000000001:role/ml-platform-dev-karpenter" },
      },
    });
    expect(irsa.inventory).not.toContain("aws_eks_pod_identity_association");
  });

  it("fails when the environment gives a value that Karpenter does not have", () => {
    expect(() => karpenterOf({ ...dev, addonValues: { karpenter: { settings: { clusterNam: "x" } } } })).toThrow(
      'dev.addonValues.karpenter.settings: clusterNam is "x", must be a value that karpenter has',
    );
  });
});
