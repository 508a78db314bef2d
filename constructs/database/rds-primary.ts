import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { Id } from "@cdktf/provider-random/lib/id";
import { Construct } from "constructs";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { IAwsNetwork } from "../network/aws-network";
import { keptByAws } from "../secrets/kept-by-aws";
import type { GeneratedSecret, ISecretStore, SecretReference } from "../secrets/secret-store";
import type { AwsGeneratedSecret } from "../secrets/secrets-manager-store";
import { dailyHour } from "../shared/hour-windows";
import { administratorName } from "./database";
import { RdsInstance, type RdsInstanceProps } from "./rds-instance";

export interface RdsPrimaryProps extends Omit<RdsInstanceProps, "own"> {
  readonly cluster: IAwsCluster;
  readonly network: IAwsNetwork;
  /** Where the administrator's password is kept when RDS does not. */
  readonly secretStore: ISecretStore;
  /** Last part of its name. */
  readonly name: string;
}

/**
 * The server that takes writes. It has the backups, and the administrator, whose password RDS makes up and changes. Not where there are
 * replicas: RDS makes none of a server whose password it manages (RDS user guide, "Limitations for Secrets Manager integration").
 */
export class RdsPrimary extends Construct {
  readonly instance: RdsInstance;
  /** Password of the administrator. */
  readonly administrator: SecretReference | GeneratedSecret;

  /** @throws ConfigurationError when there are replicas, and the secret store is not one of AWS */
  constructor(scope: Construct, id: string, props: RdsPrimaryProps) {
    super(scope, id);
    const { cluster, environment, identifier, intent, key, network } = props;
    const { disposable } = environment;
    const own = intent.readReplicas === 0 ? undefined : this.ownPassword(props);
    const subnetGroup = new DbSubnetGroup(this, "SubnetGroup", {
      name: identifier,
      description: `Data subnets for ${identifier}`,
      subnetIds: [...network.subnetIds.data],
    });
    this.instance = new RdsInstance(this, "Instance", {
      ...props,
      own: {
        engine: "postgres",
        engineVersion: intent.version, // RDS puts in minor versions by itself: a plan wants none of them back
        dbName: intent.name,
        allocatedStorage: intent.storageGib,
        dbSubnetGroupName: subnetGroup.name,
        multiAz: environment.highlyAvailable,
        kmsKeyId: key.arn,
        username: administratorName,
        ...(own ? { password: own.password } : { manageMasterUserPassword: true, masterUserSecretKmsKeyId: cluster.secretsKeyArn }),
        backupRetentionPeriod: environment.backupRetentionDays,
        backupWindow: dailyHour(intent.backupAt),
        deleteAutomatedBackups: disposable,
        skipFinalSnapshot: disposable,
        ...(disposable ? {} : { finalSnapshotIdentifier: this.finalSnapshot(identifier) }),
      },
    });
    this.administrator = own ?? this.managedPassword(environment.rds.passwordRotationDays);
  }

  private managedPassword(rotationDays: number): SecretReference {
    const secret = this.instance.resource.masterUserSecret.get(0).secretArn;
    new SecretsmanagerSecretRotation(this, "Rotation", {
      secretId: secret,
      rotateImmediately: false, // the password is new, and jobs are about to use it
      rotationRules: { automaticallyAfterDays: rotationDays },
    });
    return { key: secret, property: "password" };
  }

  private ownPassword({ name, secretStore }: RdsPrimaryProps): AwsGeneratedSecret {
    const secret = secretStore.generate(this, "AdministratorPassword", `${name}-administrator`, { username: administratorName });
    return keptByAws(secret, this.node.path);
  }

  /** The same in every plan, and another one when the database is made again: the last snapshot outlives what it is of. */
  private finalSnapshot(identifier: string): string {
    const suffix = new Id(this, "FinalSnapshotSuffix", { byteLength: 4 });
    return `${identifier}-final-${suffix.hex}`;
  }
}
