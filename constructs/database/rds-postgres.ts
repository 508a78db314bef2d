import type { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { Path, Pods } from "../connections/path";
import { allowLogGroup } from "../encryption/encrypted-log-group";
import { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import type { PolicyStatement } from "../identity/policy-document";
import { ServiceRole } from "../identity/service-role";
import type { IWorkloadIdentity } from "../identity/workload-identity";
import { engines } from "../ledger/engines";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import { CloudWatchAlarms } from "../monitoring/cloudwatch-alarms";
import type { IAwsNetwork } from "../network/aws-network";
import { keptByAws } from "../secrets/kept-by-aws";
import type { SecretReference } from "../secrets/secret-store";
import { awsNames } from "../shared/naming";
import { applicationName, databaseUrl, metricsName, postgresPort, type DatabaseProps, type IDatabase } from "./database";
import { DatabaseSetup } from "./database-setup";
import { RdsArchive } from "./rds-archive";
import { RdsBackupEvents } from "./rds-backup-events";
import { RdsInstance, type RdsInstanceProps } from "./rds-instance";
import { rdsMetrics } from "./rds-metrics";
import { RdsParameterGroup } from "./rds-parameter-group";
import { RdsPrimary } from "./rds-primary";
import { RdsProxy } from "./rds-proxy";
import { RdsSecurityGroup } from "./rds-security-group";
import { RdsWatch } from "./rds-watch";

export interface RdsPostgresProps extends Omit<DatabaseProps, "cluster" | "network"> {
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
  readonly network: IAwsNetwork;
}

/**
 * User that signs in with tokens of IAM. Not the application's own: who is a member of `rds_iam` cannot use a password any more (RDS user
 * guide, "Creating a database account using IAM authentication"), and the application has one on every target.
 */
const tokenUserName = "app_iam";

/** PostgreSQL on RDS. */
export class RdsPostgres extends Construct implements IDatabase, Recorded {
  readonly host: string;
  readonly port = postgresPort;
  readonly databaseName: string;
  readonly userName = applicationName;
  readonly credentialsSecret: SecretReference;
  readonly url: string;
  readonly installed: readonly ITerraformDependable[];
  readonly ledgerEntries: LedgerEntries;
  /** Escape hatch. */
  readonly resource: DbInstance;
  /** Escape hatch. */
  readonly replicas: readonly RdsInstance[];
  /** Escape hatch. @default none */
  readonly proxy?: RdsProxy;
  private readonly environment: AwsEnvironment;

  /** @throws ConfigurationError when clients share connections or there are replicas, and the secret store is not one of AWS */
  constructor(scope: Construct, id: string, props: RdsPostgresProps) {
    super(scope, id);
    const { cluster, environment, intent, name, namespace, network, secretStore, setting } = props;
    const names = awsNames(environment);
    const identifier = names.database(name);
    this.environment = environment;
    this.databaseName = intent.name;
    this.ledgerEntries = { postgresql: engines.postgresql[intent.version] };

    const key = new KmsEncryptionKey(this, "Key", {
      environment,
      alias: names.keyAlias(name),
      description: `Database ${identifier}, its logs and its backups`,
      statements: [allowLogGroup(environment, `/aws/*/${identifier}*`)],
      preventDestroy: !environment.disposable,
    });
    const securityGroup = new RdsSecurityGroup(this, "SecurityGroup", { network, name: identifier, description: "Database" });
    securityGroup.admit("FromCluster", cluster.securityGroupId, "Pods of the cluster");
    const parameterGroup = new RdsParameterGroup(this, "ParameterGroup", { environment, name, intent });
    const events = new RdsBackupEvents(this, "BackupEvents", { environment, name, key });
    const role = this.monitoringRole(name);
    const shared = {
      ...{ environment, intent, key, parameterGroup, securityGroup, monitoringRole: role?.arn },
      // The first backup is part of making the instance: what counts backups has to be there before.
      dependsOn: [...(role?.attachments ?? []), ...events.installed],
    };
    const primary = new RdsPrimary(this, "Primary", { ...shared, identifier, name, cluster, network, secretStore });
    this.resource = primary.instance.resource;
    const replicas = Array.from({ length: intent.readReplicas }, (_, index) => names.databaseReplica(name, index + 1));
    this.replicas = replicas.map((replica, index) => this.replica(index + 1, { ...shared, identifier: replica }));

    const application = secretStore.generate(this, "ApplicationPassword", `${name}-app`, { username: applicationName });
    this.credentialsSecret = application;
    if (intent.pooling) {
      this.proxy = new RdsProxy(this, "Proxy", {
        ...{ environment, cluster, network, name, intent, key, securityGroup, instance: primary.instance },
        application: keptByAws(application, this.node.path),
        tokenStatement: this.signIn(this.resource.resourceId),
      });
    }
    this.host = this.proxy?.endpoint ?? this.resource.address;
    this.url = databaseUrl(this.host, this.port, this.databaseName);

    const { archive } = environment.rds;
    if (archive) new RdsArchive(this, "Archive", { environment, name, intent, key, instanceArn: this.resource.arn, times: archive });
    const metrics = rdsMetrics({ environment, intent, identifier, replicas, backups: events.metric });
    new CloudWatchAlarms(this, "Alarms", { environment, subject: "database", name: identifier, metrics });
    const reader = environment.monitoring
      ? secretStore.generate(this, "MetricsPassword", `${name}-metrics`, { username: metricsName })
      : undefined;
    const setup = new DatabaseSetup(this, "Setup", {
      ...{ setting, secretStore, namespace, name, intent, application },
      ...(reader ? { metrics: reader } : {}),
      host: this.resource.address,
      server: this.resource.resourceId,
      administrator: primary.administrator,
      tokenUser: { name: tokenUserName, memberOf: "rds_iam" },
      paths: (pods) => [{ from: pods, to: "data-stores", ports: [{ port: this.port }] }],
      requires: [{ installed: [this.resource] }, securityGroup],
    });
    if (reader) {
      new RdsWatch(this, "Watch", {
        ...{ setting, environment, cluster, secretStore, namespace, name, intent, identifier, replicas, password: reader },
        host: this.resource.address,
        databaseName: this.databaseName,
        backups: events.metric,
        requires: [setup],
      });
    }
    this.installed = [...setup.installed, ...(this.proxy?.installed ?? [])];
  }

  paths(pods: Pods): readonly Path[] {
    return [
      { from: pods, to: "dns" },
      { from: pods, to: "data-stores", ports: [{ port: this.port }] },
    ];
  }

  /** As {@link tokenUserName}, whose sessions are those of the application's user, with a token of IAM in place of a password. */
  grantConnect(identity: IWorkloadIdentity, id: string): void {
    identity.allow(id, this.signIn(this.proxy?.resourceId ?? this.resource.resourceId));
  }

  /** @param resourceId of the instance or the proxy, by which IAM knows it */
  private signIn(resourceId: string): PolicyStatement {
    const { accountId, region } = this.environment;
    const user = `arn:${partitionOf(region)}:rds-db:${region}:${accountId}:dbuser:${resourceId}/${tokenUserName}`;
    return { Sid: "SignIn", Effect: "Allow", Action: ["rds-db:connect"], Resource: [user] };
  }

  /** Who measures the operating system; nobody where the environment does not ask for it. */
  private monitoringRole(name: string): ServiceRole | undefined {
    const { accountId, rds, region } = this.environment;
    if (rds.monitoringSeconds === 0) return undefined;
    const names = awsNames(this.environment);
    return new ServiceRole(this, "MonitoringRole", {
      roleName: names.role(`${name}-monitoring`),
      service: "monitoring.rds.amazonaws.com",
      managedPolicyArns: [`arn:${partitionOf(region)}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`],
      trustCondition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": `arn:${partitionOf(region)}:rds:${region}:${accountId}:db:${names.database(name)}*` },
      },
    });
  }

  /** A copy that serves reads. It is in the primary's subnets and under its key, which RDS sees to. */
  private replica(number: number, props: Omit<RdsInstanceProps, "own">): RdsInstance {
    return new RdsInstance(this, `Replica${number}`, {
      ...props,
      own: { replicateSourceDb: this.resource.identifier, skipFinalSnapshot: true }, // its data are the primary's
    });
  }
}
