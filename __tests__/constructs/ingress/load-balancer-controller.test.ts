import { environments } from "../../../environments/index";
import { platformStackOf } from "../../platform-stack";
import { pathsOf, release, valuesOf } from "../../released";
import { statement, statementsOf } from "../../synthesized";
import { albOf, makeAlb, vpcId } from "./alb-stack";

const { dev, prod } = environments;

describe("LoadBalancerController", () => {
  const stack = albOf(dev);
  const values = valuesOf(release(stack, "aws-load-balancer-controller"));
  const { policy } = stack.one("aws_iam_role_policy");

  it("consists of", () => {
    const own = stack.resources.filter(({ name }) => name.startsWith("Ingress_Controller"));
    expect(own.map(({ type }) => type).sort()).toEqual([
      "aws_eks_pod_identity_association", // what it may do, with the next two
      "aws_iam_role",
      "aws_iam_role_policy",
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      ...Array<string>(2).fill("kubernetes_network_policy_v1"), // deny everything, and its paths
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("knows its cluster, region and network without asking the nodes' metadata", () => {
    expect(values).toMatchObject({ clusterName: "ml-platform-dev", region: "eu-central-1", vpcId });
  });

  it("does nothing but register pods: it takes no Ingress, no Service and no gateway, and leaves firewalls and security groups alone", () => {
    expect(values).toMatchObject({
      ingressClass: "none",
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      webhookConfig: { disableIngressValidation: true },
      enableServiceMutatorWebhook: false,
      enableBackendSecurityGroup: false,
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
      controllerConfig: { featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false, EnableServiceController: false } },
    });
  });

  it("may register pods with what is tagged as the environment's, and look", () => {
    expect(statementsOf(policy).map(({ Sid }) => Sid)).toEqual(["RegisterPods", "Look"]);
    expect(statement(policy, "RegisterPods")).toEqual({
      Sid: "RegisterPods",
      Effect: "Allow",
      Action: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      Resource: "arn:aws:elasticloadbalancing:eu-central-1:000000000001:targetgroup/*",
      Condition: { StringEquals: { "aws:ResourceTag/Project": "ml-platform", "aws:ResourceTag/Environment": "dev" } },
    });
    const looks = statement(policy, "Look").Action as readonly string[];
    expect(looks.filter((action) => !/^(ec2|elasticloadbalancing):Describe[A-Z]/.test(action))).toEqual([]);
  });

  it("gets its role by its service account, before it starts", () => {
    expect(stack.one("aws_eks_pod_identity_association")).toMatchObject({
      namespace: "load-balancer-controller",
      service_account: "aws-load-balancer-controller",
    });
    expect(values.serviceAccount).toMatchObject({ create: true, name: "aws-load-balancer-controller" });
    expect(release(stack, "aws-load-balancer-controller").depends_on).toEqual(
      expect.arrayContaining([stack.address("aws_eks_pod_identity_association"), stack.address("aws_iam_role_policy")]),
    );
  });

  it("passes the Pod Security Standard restricted with what the chart lacks", () => {
    expect(values).toMatchObject({
      podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
      securityContext: { capabilities: { drop: ["ALL"] } },
    });
    const { metadata } = stack.one("kubernetes_namespace_v1") as { metadata: { labels: object } };
    expect(metadata.labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
  });

  it("takes the API server's calls to its webhooks, and talks to it, to DNS, to AWS and to the identity agent", () => {
    const paths = pathsOf(stack);
    const [spec] = Object.values(paths) as { ingress: readonly { ports: unknown }[]; egress: readonly { ports: unknown }[] }[];
    expect(Object.keys(paths)).toHaveLength(1);
    expect(spec?.ingress.map(({ ports }) => ports)).toEqual([[{ port: "9443", protocol: "TCP" }]]);
    const ports = spec?.egress.flatMap((rule) =>
      (rule.ports as readonly { port: string; protocol: string }[]).map(({ port, protocol }) => `${protocol} ${port}`),
    );
    expect(ports?.sort()).toEqual(["TCP 443", "TCP 443", "TCP 53", "TCP 80", "UDP 53"]);
  });

  it("has two pods, of which one may go, where the environment is highly available", () => {
    expect(values).toMatchObject({ replicaCount: 1, podDisruptionBudget: {} });
    expect(valuesOf(release(albOf(prod), "aws-load-balancer-controller"))).toMatchObject({
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
    });
  });

  it("keeps its certificate from upgrade to upgrade", () => {
    expect(values.keepTLSSecret).toBe(true);
  });

  it("has a role by IRSA where the environment wants that", () => {
    const irsa = albOf({ ...dev, identity: "irsa" });
    expect(valuesOf(release(irsa, "aws-load-balancer-controller")).serviceAccount).toMatchObject({
      annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::000000000001:role/ml-platform-dev-load-balancer-controller" },
    });
  });

  it("fails when the environment gives it values that the chart does not have", () => {
    const environment = { ...dev, addonValues: { "aws-load-balancer-controller": { enableWaf2: true } } };
    expect(() => platformStackOf(environment, (parts) => makeAlb(environment, parts, "Ingress"))).toThrow(
      "dev.addonValues.aws-load-balancer-controller: enableWaf2 is true, must be a value that aws-load-balancer-controller has",
    );
  });
});
