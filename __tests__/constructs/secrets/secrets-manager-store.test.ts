import { onEks } from "../../../constructs/cluster/aws-cluster";
import { SecretsManagerStore } from "../../../constructs/secrets/secrets-manager-store";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { itHonoursSecretStore } from "../../contracts/secret-store";
import { platformStackOf, type PlatformParts } from "../../platform-stack";
import { manifest, pathsOf, release, valuesOf } from "../../released";
import { statementsOf } from "../../synthesized";

const { dev, prod } = environments;

function makeOf(environment: AwsEnvironment) {
  return ({ stack, setting, cluster }: PlatformParts, id: string): SecretsManagerStore =>
    new SecretsManagerStore(stack, id, { setting, environment, cluster: onEks(cluster, id) });
}

itHonoursSecretStore("SecretsManagerStore", dev, makeOf(dev));

function stackOf(environment: AwsEnvironment) {
  return platformStackOf(environment, (parts) => {
    makeOf(environment)(parts, "Store").generate(parts.stack, "Admin", "grafana-admin");
  });
}

describe("SecretsManagerStore", () => {
  const stack = stackOf(dev);

  it("consists of, beside the guards and paths of the operator", () => {
    const guards = /default_service_account|limit_range|network_policy|resource_quota/;
    expect(stack.inventory.filter((type) => !guards.test(type))).toEqual([
      "aws_eks_pod_identity_association", // of the operator
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_secretsmanager_secret", // the one that was generated
      "aws_secretsmanager_secret_version",
      "helm_release", // the operator
      "helm_release", // the store
      "kubernetes_namespace_v1",
      "random_password",
    ]);
  });

  it("asks Secrets Manager of its region, as the operator itself", () => {
    expect([manifest(stack, "ClusterSecretStore")]).toMatchObject([
      { spec: { provider: { aws: { service: "SecretsManager", region: "eu-central-1" } } } },
    ]);
    expect(JSON.stringify(manifest(stack, "ClusterSecretStore"))).not.toMatch(/auth|role/);
  });

  it("gives the operator its identity before it starts", () => {
    expect(stack.one("aws_eks_pod_identity_association")).toMatchObject({
      namespace: "external-secrets",
      service_account: "external-secrets",
    });
    expect(release(stack, "external-secrets").depends_on).toEqual(
      expect.arrayContaining([stack.address("aws_iam_role_policy"), stack.address("aws_eks_pod_identity_association")]),
    );
    expect(valuesOf(release(stack, "external-secrets")).serviceAccount).toEqual({ name: "external-secrets", annotations: {} });
  });

  it("lets the operator to its credentials and to Secrets Manager", () => {
    const { egress } = pathsOf(stack)["external-secrets-external-secrets"] as {
      egress: readonly { to: readonly { ip_block?: { cidr: string } }[] }[];
    };
    const blocks = egress.flatMap(({ to }) => to.flatMap(({ ip_block }) => ip_block?.cidr ?? []));
    expect(blocks).toContain("169.254.170.23/32");
    expect(blocks).toHaveLength(6); // twice the two inner subnets, of the API server and of the endpoints, with the service in front of the former
  });

  it("annotates the operator's service account where roles are assumed by IRSA", () => {
    const { serviceAccount } = valuesOf(release(stackOf({ ...dev, identity: "irsa" }), "external-secrets"));
    expect(serviceAccount).toEqual({
      name: "external-secrets",
      annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::000000000001:role/ml-platform-dev-external-secrets" },
    });
  });

  it("reads values of the environment's secrets and of its databases, and can do nothing else", () => {
    const read = { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"] };
    expect(statementsOf(stack.one("aws_iam_role_policy").policy)).toEqual([
      { Sid: "OwnSecrets", ...read, Resource: ["arn:aws:secretsmanager:eu-central-1:000000000001:secret:ml-platform-dev/*"] },
      {
        Sid: "DatabaseSecrets",
        ...read,
        Resource: ["arn:aws:secretsmanager:eu-central-1:000000000001:secret:rds!*"],
        Condition: {
          StringEquals: { "aws:ResourceTag/aws:secretsmanager:owningService": "rds" },
          StringLike: { "aws:ResourceTag/aws:rds:primaryDBInstanceArn": "arn:aws:rds:eu-central-1:000000000001:db:ml-platform-dev-*" },
        },
      },
      {
        Sid: "Decrypt",
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: ["arn:aws:kms:eu-central-1:000000000001:key/00000000-0000-0000-0000-000000000001"],
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } },
      },
    ]);
  });

  it("keeps what it makes up below the environment's prefix, under the environment's key", () => {
    expect(stack.one("aws_secretsmanager_secret")).toMatchObject({
      name: "ml-platform-dev/grafana-admin",
      kms_key_id: "arn:aws:kms:eu-central-1:000000000001:key/00000000-0000-0000-0000-000000000001",
    });
    expect(stack.one("aws_secretsmanager_secret_version")).toMatchObject({
      secret_id: `\${${stack.address("aws_secretsmanager_secret")}.id}`,
      secret_string: `{"password":"\${${stack.address("random_password")}.result}"}`,
    });
  });

  it("lets a deleted secret be recovered, but where the environment may go at any time", () => {
    expect(stack.one("aws_secretsmanager_secret").recovery_window_in_days).toBe(0);
    expect(stackOf(prod).one("aws_secretsmanager_secret").recovery_window_in_days).toBe(30);
  });
});
