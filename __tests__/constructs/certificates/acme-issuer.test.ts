import { Construct } from "constructs";
import { AcmeIssuer } from "../../../constructs/certificates/acme-issuer";
import { catalogFor } from "../../../constructs/catalog";
import { onEks } from "../../../constructs/cluster/aws-cluster";
import type { ICluster } from "../../../constructs/cluster/cluster";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { itHonoursCertificateIssuer } from "../../contracts/certificate-issuer";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { manifest, pathsOf, release, valuesOf } from "../../released";
import { statement, statementsOf, type SynthesizedStack } from "../../synthesized";

const { dev, prod } = environments;

itHonoursCertificateIssuer("AcmeIssuer", dev, (parts, id) => issuerFor(dev, parts, id));
itHonoursCertificateIssuer("AcmeIssuer", prod, (parts, id) => issuerFor(prod, parts, id));

describe("AcmeIssuer", () => {
  const stack = issuerOf(dev);

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "aws_eks_pod_identity_association",
      "aws_iam_role",
      "aws_iam_role_policy",
      "helm_release", // cert-manager
      "helm_release", // the issuers
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // deny everything
      "kubernetes_network_policy_v1", // all pods to the API server and DNS
      "kubernetes_network_policy_v1", // the controller to AWS and Let's Encrypt
      "kubernetes_network_policy_v1", // the API server to the webhook
      "kubernetes_resource_quota_v1",
    ]);
  });

  it.each([
    ["letsencrypt-staging", "https://acme-staging-v02.api.letsencrypt.org/directory"],
    ["letsencrypt-production", "https://acme-v02.api.letsencrypt.org/directory"],
  ])("has %s answer with records in the environment's zone", (name, server) => {
    expect(manifest(stack, "ClusterIssuer", name).spec).toEqual({
      acme: {
        server,
        email: "platform-team@example.com",
        privateKeySecretRef: { name: `${name}-account` },
        solvers: [
          {
            selector: { dnsZones: ["dev.ml-platform.example.com"] },
            dns01: { route53: { region: "eu-central-1", hostedZoneID: "Z00000000000000000001" } },
          },
        ],
      },
    });
  });

  it.each([
    ["dev", dev, "letsencrypt-staging"],
    ["prod", prod, "letsencrypt-production"],
  ])("takes the one that %s has chosen", (_, environment, chosen) => {
    const built: AcmeIssuer[] = [];
    platformStackOf(environment, (parts) => built.push(issuerFor(environment, parts, "Certificates")));
    expect(built[0]?.issuerName).toBe(chosen);
  });

  it("may write answers to challenges below the environment's domain, and nothing else", () => {
    const policy = stack.one("aws_iam_role_policy").policy;
    expect(statementsOf(policy).flatMap(({ Action }) => Action)).toEqual([
      "route53:ChangeResourceRecordSets",
      "route53:ListResourceRecordSets",
      "route53:GetChange",
    ]);
    expect(statement(policy, "Answer")).toMatchObject({
      Resource: "arn:aws:route53:::hostedzone/Z00000000000000000001",
      Condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] },
        "ForAllValues:StringLike": {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
            "_acme-challenge.dev.ml-platform.example.com",
            "_acme-challenge.*.dev.ml-platform.example.com",
          ],
        },
      },
    });
    expect(statement(policy, "Read").Resource).toBe("arn:aws:route53:::hostedzone/Z00000000000000000001");
  });

  it("has its identity before cert-manager's pods start: they would not get it later", () => {
    expect(release(stack, "cert-manager").depends_on).toEqual(
      expect.arrayContaining([stack.address("aws_iam_role_policy"), stack.address("aws_eks_pod_identity_association")]),
    );
    expect(stack.one("aws_eks_pod_identity_association")).toMatchObject({ namespace: "cert-manager", service_account: "cert-manager" });
  });

  it("lets the controller alone out to the internet, by HTTPS", () => {
    const internet = Object.entries(pathsOf(stack)).filter(([, { egress }]) => JSON.stringify(egress ?? "").includes("0.0.0.0/0"));
    expect(internet.map(([name, { pod_selector: selector }]) => [name, selector])).toEqual([
      ["cert-manager-controller", { match_labels: { "app.kubernetes.io/component": "controller" } }],
    ]);
    const ports = internet.flatMap(([, { egress }]) =>
      (egress as readonly { readonly ports: readonly { readonly port: string }[] }[]).map(({ ports: all }) => all),
    );
    expect(new Set(ports.flat().map(({ port }) => port))).toEqual(new Set(["443", "80"])); // 80: the agent on the node
  });

  it("names its role at the service account where identities are IRSA's", () => {
    const irsa = issuerOf({ ...dev, identity: "irsa" });
    expect(valuesOf(release(irsa, "cert-manager"))).toMatchObject({
      serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::000000000001:role/ml-platform-dev-cert-manager" } },
    });
    expect(valuesOf(release(stack, "cert-manager")).serviceAccount).toEqual({ annotations: {} });
  });

  it("fails when the catalog gets a cluster that is not on AWS", () => {
    platformStackOf(dev, ({ stack: scope, setting }) => {
      const cluster = new Construct(scope, "Kind") as unknown as ICluster;
      expect(() => catalogFor(dev).certificateIssuer(scope, "Certificates", { setting, cluster })).toThrow(
        'dev-platform/Certificates: cluster is "dev-platform/Kind", must be a cluster on AWS; take it from the same catalog',
      );
    });
  });
});

function issuerOf(environment: AwsEnvironment): SynthesizedStack {
  return platformStackOf(environment, (parts) => issuerFor(environment, parts, "Certificates"));
}

function issuerFor(environment: AwsEnvironment, { stack, setting, cluster }: PlatformParts, id: string): AcmeIssuer {
  return new AcmeIssuer(stack, id, { setting, environment, cluster: onEks(cluster, id) });
}
