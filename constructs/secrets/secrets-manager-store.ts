import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { Manifests } from "../addons/manifests";
import type { IAwsCluster } from "../cluster/aws-cluster";
import { awsWorkloadIdentity } from "../identity/aws-workload-identity";
import type { PolicyStatement } from "../identity/policy-document";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { awsNames } from "../shared/naming";
import { clusterSecretStore, secretStoreName } from "./cluster-secret-store";
import { ExternalSecrets, externalSecretsAccount } from "./external-secrets";
import { fingerprintOf, generatedPassword, passwordProperty, requireSecretName } from "./generated-password";
import type { GeneratedSecret, ISecretStore, SecretReference, SecretStoreProps } from "./secret-store";

export interface SecretsManagerStoreProps extends SecretStoreProps {
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
}

/** A secret that services of AWS can be pointed to. */
export interface AwsGeneratedSecret extends GeneratedSecret {
  readonly secretArn: string;
  /** The password itself, for resources of the same stack that read no secrets. It goes into arguments that are sensitive, and nowhere else. */
  readonly password: string;
}

/** AWS Secrets Manager: the secrets below `<project>-<environment>/`, and those that RDS keeps for our databases. */
export class SecretsManagerStore extends Construct implements ISecretStore {
  readonly storeName = secretStoreName;
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch. */
  readonly operator: ExternalSecrets;
  /** Escape hatch. */
  readonly identity: IWorkloadIdentity;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SecretsManagerStoreProps,
  ) {
    super(scope, id);
    const { cluster, environment, setting } = props;
    this.identity = awsWorkloadIdentity(this, "Identity", {
      setting,
      cluster,
      environment,
      ...externalSecretsAccount,
      purpose: "external-secrets",
      statements: readSecrets(environment, cluster.secretsKeyArn),
    });
    this.operator = new ExternalSecrets(this, "Operator", { setting, identity: this.identity });
    const store = new Manifests(this, "ClusterSecretStore", {
      release: "secret-store",
      namespace: this.operator.namespace,
      resources: [clusterSecretStore({ aws: { service: "SecretsManager", region: environment.region } })],
      requires: [this.operator],
    });
    this.installed = store.installed;
  }

  generate(scope: Construct, id: string, name: string, beside: Readonly<Record<string, string>> = {}): AwsGeneratedSecret {
    const { cluster, environment } = this.props;
    const generated = new Construct(scope, id);
    const key = this.key(generated, name);
    const secret = new SecretsmanagerSecret(generated, "Resource", {
      name: key,
      kmsKeyId: cluster.secretsKeyArn,
      recoveryWindowInDays: environment.disposable ? 0 : 30, // the longest; with any, the name stays taken until it is over
    });
    const password = generatedPassword(generated);
    const version = new SecretsmanagerSecretVersion(generated, "Version", {
      secretId: secret.id,
      secretString: JSON.stringify({ ...beside, [passwordProperty]: password }),
    });
    const fingerprint = fingerprintOf(password);
    return { key, property: passwordProperty, fingerprint, secretArn: secret.arn, password, installed: [version] };
  }

  reference(name: string, property: string): SecretReference {
    return { key: this.key(this, name), property };
  }

  private key(scope: Construct, name: string): string {
    return awsNames(this.props.environment).secret(requireSecretName(scope, name));
  }
}

/** What the operator does with secrets: read their value, if they are of this environment. */
function readSecrets(environment: AwsEnvironment, keyArn: string): readonly PolicyStatement[] {
  const { accountId, region } = environment;
  const arn = (service: string, resource: string) => `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;
  const names = awsNames(environment);
  const read = { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"] } as const;
  return [
    { Sid: "OwnSecrets", ...read, Resource: [arn("secretsmanager", `secret:${names.secret("*")}`)] },
    {
      Sid: "DatabaseSecrets",
      ...read,
      Resource: [arn("secretsmanager", "secret:rds!*")],
      Condition: {
        StringEquals: { "aws:ResourceTag/aws:secretsmanager:owningService": "rds" },
        // RDS names its secrets by itself; which database one belongs to stands in this tag, which nobody else can set.
        StringLike: { "aws:ResourceTag/aws:rds:primaryDBInstanceArn": arn("rds", `db:${names.prefix}-*`) },
      },
    },
    {
      Sid: "Decrypt",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: [keyArn],
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}
