import { awsWorkloadIdentity } from "../../../constructs/identity/aws-workload-identity";
import { IrsaIdentity } from "../../../constructs/identity/irsa-identity";
import { PodIdentity } from "../../../constructs/identity/pod-identity";
import { onEks } from "../../../constructs/cluster/aws-cluster";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { identityProps, itHonoursWorkloadIdentity } from "../../contracts/workload-identity";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { only, statementsOf } from "../../synthesized";

const { dev } = environments;
const irsa: AwsEnvironment = { ...dev, identity: "irsa" };

function propsOf(environment: AwsEnvironment, parts: PlatformParts, id: string) {
  return { ...identityProps(parts, id), environment, cluster: onEks(parts.cluster, id) };
}

const oidc = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF";

itHonoursWorkloadIdentity("PodIdentity", dev, (parts, id) => new PodIdentity(parts.stack, id, propsOf(dev, parts, id)));
itHonoursWorkloadIdentity("IrsaIdentity", irsa, (parts, id) => new IrsaIdentity(parts.stack, id, propsOf(irsa, parts, id)));

describe("PodIdentity", () => {
  const stack = platformStackOf(dev, (parts) => {
    const identity = new PodIdentity(parts.stack, "Identity", { ...propsOf(dev, parts, "Identity"), namespace: "team-a" });
    expect(identity.paths({ namespace: "team-a" })).toEqual([
      { from: { namespace: "team-a" }, to: "pod-identity-agent" },
      { from: { namespace: "team-a" }, to: "aws-endpoints" },
    ]);
    expect(identity.serviceAccountAnnotations).toEqual({});
  });

  it("consists of", () => {
    expect(stack.inventory.filter((type) => type.startsWith("aws_"))).toEqual([
      "aws_eks_pod_identity_association",
      "aws_iam_role",
      "aws_iam_role_policy",
    ]);
  });

  it("is taken by one service account of one cluster of one account", () => {
    const trust = only(statementsOf(stack.one("aws_iam_role").assume_role_policy), "trust");
    expect(trust).toEqual({
      Sid: "Trust",
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:SourceAccount": "000000000001",
          "aws:RequestTag/kubernetes-namespace": "team-a",
          "aws:RequestTag/kubernetes-service-account": "api",
        },
        ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-central-1:000000000001:cluster/ml-platform-dev" },
      },
    });
    expect(stack.one("aws_eks_pod_identity_association")).toMatchObject({
      cluster_name: "ml-platform-dev",
      namespace: "team-a",
      service_account: "api",
      role_arn: `\${${stack.address("aws_iam_role")}.arn}`,
    });
  });

  it("is waited for until EKS knows it: a pod that comes before never gets credentials", () => {
    expect(stack.one("aws_eks_pod_identity_association").provisioner).toEqual([
      { "local-exec": { command: '[ -n "$EVENKEEL_REHEARSAL" ] || sleep 15' } },
    ]);
  });

  it("has a role that is called after its purpose", () => {
    expect(stack.one("aws_iam_role").name).toBe("ml-platform-dev-models-api");
  });

  it("has no policy while nothing is allowed", () => {
    const bare = platformStackOf(dev, (parts) => {
      new PodIdentity(parts.stack, "Identity", { ...propsOf(dev, parts, "Identity"), statements: [] });
    });
    expect(bare.all("aws_iam_role_policy")).toEqual([]);
  });
});

describe("IrsaIdentity", () => {
  const stack = platformStackOf(irsa, (parts) => {
    const identity = new IrsaIdentity(parts.stack, "Identity", propsOf(irsa, parts, "Identity"));
    expect(identity.paths({ namespace: "team-a" })).toEqual([{ from: { namespace: "team-a" }, to: "aws-endpoints" }]);
    expect(identity.serviceAccountAnnotations).toEqual({
      "eks.amazonaws.com/role-arn": "arn:aws:iam::000000000001:role/ml-platform-dev-models-api",
    });
  });

  it("consists of", () => {
    expect(stack.inventory.filter((type) => type.startsWith("aws_"))).toEqual(["aws_iam_role", "aws_iam_role_policy"]);
  });

  it("is taken by exactly one subject and audience of the cluster's issuer, without a pattern", () => {
    const trust = only(statementsOf(stack.one("aws_iam_role").assume_role_policy), "trust");
    const [local, issuer] = only(Object.entries(stack.json.locals ?? {}), "locals");
    expect(issuer).toBe(oidc);
    expect(trust).toEqual({
      Sid: "Trust",
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::000000000001:oidc-provider/${oidc}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`\${local.${local}}:sub`]: "system:serviceaccount:team-a:api",
          [`\${local.${local}}:aud`]: "sts.amazonaws.com",
        },
      },
    });
  });

  it("has no policy while nothing is allowed", () => {
    const bare = platformStackOf(irsa, (parts) => {
      new IrsaIdentity(parts.stack, "Identity", { ...propsOf(irsa, parts, "Identity"), statements: [] });
    });
    expect(bare.all("aws_iam_role_policy")).toEqual([]);
  });
});

describe("awsWorkloadIdentity", () => {
  it.each([
    ["pod-identity", PodIdentity],
    ["irsa", IrsaIdentity],
  ] as const)("is what the environment has chosen: %s", (identity, variant) => {
    const environment = { ...dev, identity };
    platformStackOf(environment, (parts) => {
      expect(awsWorkloadIdentity(parts.stack, "Identity", propsOf(environment, parts, "Identity"))).toBeInstanceOf(variant);
    });
  });

  // A role under another address would be made beside the old one, and IAM has room for one of that name.
  it("keeps role and policies where they are when an environment changes its choice", () => {
    const addressesOf = (environment: AwsEnvironment) => {
      const stack = platformStackOf(environment, (parts) => {
        awsWorkloadIdentity(parts.stack, "Identity", propsOf(environment, parts, "Identity"));
      });
      return [stack.address("aws_iam_role"), stack.address("aws_iam_role_policy")];
    };
    expect(addressesOf(irsa)).toEqual(addressesOf(dev));
  });

  it("fails when the cluster is none of AWS", () => {
    expect(() => platformStackOf(dev, ({ stack }) => onEks(stack as never, "dev-platform/Identity"))).toThrow(
      'dev-platform/Identity: cluster is "dev-platform", must be a cluster on AWS; take it from the same catalog',
    );
  });
});
