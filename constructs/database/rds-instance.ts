import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance, type DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { awsNames } from "../shared/naming";
import { weeklyHour } from "../shared/hour-windows";
import { postgresPort, type DatabaseIntent } from "./database";
import { instanceClassOf } from "./rds-instance-classes";
import type { RdsParameterGroup } from "./rds-parameter-group";
import type { RdsSecurityGroup } from "./rds-security-group";

export interface RdsInstanceProps {
  readonly environment: AwsEnvironment;
  readonly intent: DatabaseIntent;
  /** Physical name. */
  readonly identifier: string;
  /** Encrypts the volume, the logs, and what is measured. */
  readonly key: KmsEncryptionKey;
  readonly parameterGroup: RdsParameterGroup;
  readonly securityGroup: RdsSecurityGroup;
  /** Role that measures the operating system; none where nobody measures it. */
  readonly monitoringRole: string | undefined;
  /** What makes it a primary or a replica. */
  readonly own: Partial<DbInstanceConfig>;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What RDS writes to CloudWatch. */
const logs = ["postgresql", "upgrade"] as const;

/** How long Database Insights keeps what it has measured, in days: 15 months is what its advanced mode asks for (RDS user guide). */
const insightsDays = { standard: 7, advanced: 465 } as const;

/** A server of PostgreSQL, primary or replica, with its logs. */
export class RdsInstance extends Construct {
  /** Escape hatch. */
  readonly resource: DbInstance;

  constructor(scope: Construct, id: string, props: RdsInstanceProps) {
    super(scope, id);
    const { environment, identifier, intent, key, monitoringRole, own } = props;
    const { rds } = environment;
    // RDS would make groups of its own: without a key, and they would keep everything forever.
    const groups = logs.map(
      (log) =>
        new CloudwatchLogGroup(this, `Logs-${log}`, {
          name: awsNames(environment).databaseLogGroup(identifier, log),
          retentionInDays: rds.logRetentionDays,
          kmsKeyId: key.arn,
        }),
    );
    this.resource = new DbInstance(this, "Resource", {
      identifier,
      instanceClass: instanceClassOf(environment, intent).name,
      port: postgresPort,
      ...storage(environment, intent),
      parameterGroupName: props.parameterGroup.resource.name,
      vpcSecurityGroupIds: [props.securityGroup.groupId],
      publiclyAccessible: false,
      iamDatabaseAuthenticationEnabled: true,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      copyTagsToSnapshot: true,
      deletionProtection: environment.deletionProtection,
      maintenanceWindow: weeklyHour(intent.maintenance),
      autoMinorVersionUpgrade: true,
      allowMajorVersionUpgrade: false,
      applyImmediately: false,
      enabledCloudwatchLogsExports: [...logs],
      databaseInsightsMode: rds.insights,
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: insightsDays[rds.insights],
      performanceInsightsKmsKeyId: key.arn,
      monitoringInterval: rds.monitoringSeconds,
      ...(monitoringRole === undefined ? {} : { monitoringRoleArn: monitoringRole }),
      ...own,
      lifecycle: { preventDestroy: !environment.disposable },
      dependsOn: [...groups, ...props.dependsOn],
    });
  }
}

/** The volume of a server, beside its size, which a replica has from its primary. */
function storage({ rds }: AwsEnvironment, { storageGib }: DatabaseIntent): Partial<DbInstanceConfig> {
  const { type, iops, maxGib } = rds.storage;
  return {
    storageType: type,
    storageEncrypted: true,
    ...(maxGib > storageGib ? { maxAllocatedStorage: maxGib } : {}), // RDS takes no limit that is no more than what is there
    ...(iops === undefined ? {} : { iops }),
  };
}
