import { onEks } from "../../../constructs/cluster/aws-cluster";
import { ExternalDns } from "../../../constructs/ingress/external-dns";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { itStandsTwiceOnPlatform } from "../../contracts/stands-twice";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { pathsOf, release, valuesOf } from "../../released";
import { statement, statementsOf } from "../../synthesized";

const { dev } = environments;
const stack = externalDnsOf(dev);
const zone = "arn:aws:route53:::hostedzone/Z00000000000000000001";

describe("ExternalDns", () => {
  itStandsTwiceOnPlatform(dev, (parts, id) => make(dev, parts, id));

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "aws_eks_pod_identity_association",
      "aws_iam_role",
      "aws_iam_role_policy",
      "helm_release",
      "kubernetes_default_service_account_v1",
      "kubernetes_limit_range_v1",
      "kubernetes_namespace_v1",
      "kubernetes_network_policy_v1", // deny everything
      "kubernetes_network_policy_v1", // its paths
      "kubernetes_resource_quota_v1",
    ]);
  });

  it("makes records of the environment's zone from objects that ask for them, and deletes none", () => {
    expect(valuesOf(release(stack, "external-dns"))).toMatchObject({
      provider: { name: "aws" },
      sources: ["crd"],
      policy: "upsert-only",
      registry: "txt",
      txtOwnerId: "ml-platform-dev",
      domainFilters: ["dev.ml-platform.example.com"],
      extraArgs: ["--zone-id-filter=Z00000000000000000001"],
      env: [{ name: "AWS_REGION", value: "eu-central-1" }],
      serviceAccount: { create: true, name: "external-dns" },
    });
  });

  it("may change records of that zone, but none that delegates it", () => {
    const { policy } = stack.one("aws_iam_role_policy");
    expect(statementsOf(policy).map(({ Sid }) => Sid)).toEqual(["Change", "LookIntoZone", "LookForZone"]);
    expect(statement(policy, "Change")).toMatchObject({
      Action: "route53:ChangeResourceRecordSets",
      Resource: zone,
      Condition: { "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "CNAME", "TXT"] } },
    });
    expect(statement(policy, "LookIntoZone").Resource).toBe(zone);
    expect(statement(policy, "LookForZone")).toMatchObject({ Action: "route53:ListHostedZones", Resource: "*" });
  });

  it("talks to Route 53 on the internet, and takes no connection", () => {
    const [paths] = Object.values(pathsOf(stack)) as { policy_types: readonly string[]; egress: readonly { to: readonly unknown[] }[] }[];
    expect(paths?.policy_types).toEqual(["Egress"]);
    expect(JSON.stringify(paths?.egress)).toContain("0.0.0.0/0");
  });

  it("starts when it has its role", () => {
    expect(release(stack, "external-dns").depends_on).toEqual(
      expect.arrayContaining([stack.address("aws_eks_pod_identity_association"), stack.address("aws_iam_role_policy")]),
    );
  });

  it("fails when the environment gives it values that the chart does not have", () => {
    const environment = { ...dev, addonValues: { "external-dns": { domainFilter: "example.org" } } };
    expect(() => externalDnsOf(environment)).toThrow(
      'dev.addonValues.external-dns: domainFilter is "example.org", must be a value that external-dns has',
    );
  });
});

function make(environment: AwsEnvironment, { stack: scope, setting, cluster }: PlatformParts, id: string): ExternalDns {
  return new ExternalDns(scope, id, { setting, environment, cluster: onEks(cluster, id) });
}

function externalDnsOf(environment: AwsEnvironment) {
  return platformStackOf(environment, (parts) => make(environment, parts, "ExternalDns"));
}
