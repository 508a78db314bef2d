import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { Id } from "@cdktf/provider-random/lib/id";
import { Construct } from "constructs";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { IAwsNetwork } from "../network/aws-network";
import type { SecretReference } from "../secrets/secret-store";
import { dailyHour } from "../shared/hour-windows";
import { administratorName } from "./database";
import { RdsInstance, type RdsInstanceProps } from "./rds-instance";

export interface RdsPrimaryProps extends Omit<RdsInstanceProps, "own"> {
  readonly cluster: IAwsCluster;
  readonly network: IAwsNetwork;
}

/** The server that takes writes. It has the backups, and the administrator, whose password RDS makes up and changes. */
export class RdsPrimary extends Construct {
  readonly instance: RdsInstance;
  /** Password of the administrator. */
  readonly administrator: SecretReference;

  constructor(scope: Construct, id: string, props: RdsPrimaryProps) {
    super(scope, id);
    const { cluster, environment, identifier, intent, key, network } = props;
    const { disposable } = environment;
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
        manageMasterUserPassword: true,
        masterUserSecretKmsKeyId: cluster.secretsKeyArn,
        backupRetentionPeriod: environment.backupRetentionDays,
        backupWindow: dailyHour(intent.backupAt),
        deleteAutomatedBackups: disposable,
        skipFinalSnapshot: disposable,
        ...(disposable ? {} : { finalSnapshotIdentifier: this.finalSnapshot(identifier) }),
      },
    });
    const secret = this.instance.resource.masterUserSecret.get(0).secretArn;
    new SecretsmanagerSecretRotation(this, "Rotation", {
      secretId: secret,
      rotateImmediately: false, // the password is new, and jobs are about to use it
      rotationRules: { automaticallyAfterDays: environment.rds.passwordRotationDays },
    });
    this.administrator = { key: secret, property: "password" };
  }

  /** The same in every plan, and another one when the database is made again: the last snapshot outlives what it is of. */
  private finalSnapshot(identifier: string): string {
    const suffix = new Id(this, "FinalSnapshotSuffix", { byteLength: 4 });
    return `${identifier}-final-${suffix.hex}`;
  }
}
