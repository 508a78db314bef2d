import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { minutesApart } from "../../environments/time-of-day";
import type { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { ServiceRole } from "../identity/service-role";
import { hourLater } from "../shared/hour-windows";
import { awsNames } from "../shared/naming";
import type { DatabaseIntent } from "./database";

export interface RdsArchiveProps {
  readonly environment: AwsEnvironment;
  readonly name: string;
  readonly intent: DatabaseIntent;
  readonly key: KmsEncryptionKey;
  /** What is backed up. */
  readonly instanceArn: string;
  readonly times: NonNullable<AwsEnvironment["rds"]["archive"]>;
}

/** Minutes in which a backup has to begin, and to be done: what AWS Backup takes by default, said so that plans do not change. */
const window = { start: 60, completion: 12 * 60 };

/** A monthly backup in a vault of AWS Backup. It outlives the instance, and is kept longer than the 35 days of RDS. */
export class RdsArchive extends Construct {
  /** Escape hatch. */
  readonly vault: BackupVault;
  /** Escape hatch. */
  readonly plan: BackupPlan;

  constructor(scope: Construct, id: string, { environment, name, intent, key, instanceArn, times }: RdsArchiveProps) {
    super(scope, id);
    const { disposable, region } = environment;
    const names = awsNames(environment);
    this.vault = new BackupVault(this, "Vault", {
      name: names.database(name),
      kmsKeyArn: key.arn,
      forceDestroy: disposable,
      lifecycle: { preventDestroy: !disposable },
    });
    this.plan = new BackupPlan(this, "Plan", {
      name: names.database(name),
      rule: [
        {
          ruleName: "monthly",
          targetVaultName: this.vault.name,
          schedule: monthly(intent),
          startWindow: window.start,
          completionWindow: window.completion,
          lifecycle: {
            deleteAfter: times.keepDays,
            ...(times.coldAfterDays === undefined ? {} : { coldStorageAfter: times.coldAfterDays }),
          },
        },
      ],
    });
    const role = new ServiceRole(this, "Role", {
      roleName: names.role(`${name}-backup`), // without a condition: AWS Backup is not documented to say for whom it asks
      service: "backup.amazonaws.com",
      managedPolicyArns: [`arn:${partitionOf(region)}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup`],
    });
    new BackupSelection(this, "Selection", {
      name: "database",
      planId: this.plan.id,
      iamRoleArn: role.arn,
      resources: [instanceArn],
      dependsOn: [...role.attachments],
    });
  }
}

/**
 * On the first of a month, when RDS does nothing else: it refuses others while it makes its own backup, during maintenance, and in the
 * hour before (AWS Backup developer guide, "Backup plan options and configuration"). The hour of maintenance is kept free every day.
 */
function monthly({ backupAt, maintenance }: DatabaseIntent): string {
  const [hour, minute] = clear(hourLater(backupAt, 2), maintenance.start).split(":").map(Number);
  return `cron(${minute} ${hour} 1 * ? *)`;
}

/** A time that is not within two hours of another: itself, or four hours later. */
function clear(time: string, other: string): string {
  return minutesApart(time, other) < 120 ? hourLater(time, 4) : time;
}
