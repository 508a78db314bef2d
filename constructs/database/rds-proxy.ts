import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbProxyDefaultTargetGroup } from "@cdktf/provider-aws/lib/db-proxy-default-target-group";
import { DbProxyTarget } from "@cdktf/provider-aws/lib/db-proxy-target";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Fn, TerraformLocal, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { Installed } from "../addons/installed";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { policyDocument, type PolicyStatement } from "../identity/policy-document";
import { ServiceRole } from "../identity/service-role";
import type { IAwsNetwork } from "../network/aws-network";
import type { AwsGeneratedSecret } from "../secrets/secrets-manager-store";
import { awsNames } from "../shared/naming";
import { connectionLimit, postgresPort, type DatabaseIntent } from "./database";
import type { RdsInstance } from "./rds-instance";
import { RdsSecurityGroup } from "./rds-security-group";

export interface RdsProxyProps {
  readonly environment: AwsEnvironment;
  readonly cluster: IAwsCluster;
  readonly network: IAwsNetwork;
  readonly name: string;
  readonly intent: DatabaseIntent;
  readonly key: KmsEncryptionKey;
  readonly instance: RdsInstance;
  /** Who reaches the instance: the proxy is admitted. */
  readonly securityGroup: RdsSecurityGroup;
  /** User and password of the application. */
  readonly application: AwsGeneratedSecret;
  /** What a user that signs in with tokens may do at the instance. */
  readonly tokenStatement: PolicyStatement;
}

/**
 * RDS Proxy: clients share connections to the instance, and a failover is over sooner for them. The application signs in with its
 * password, as it would at the instance; everybody else needs a token of IAM, which the proxy hands on.
 */
export class RdsProxy extends Construct implements Installed {
  readonly installed: readonly ITerraformDependable[];
  /** Escape hatch. */
  readonly resource: DbProxy;
  /** By which IAM knows the proxy: `prx-...`. */
  readonly resourceId: string;

  constructor(scope: Construct, id: string, props: RdsProxyProps) {
    super(scope, id);
    const { application, environment, instance, intent, key, name, network } = props;
    const names = awsNames(environment);
    const group = this.admittedGroup(props);
    const role = this.roleOf(props);
    const logs = new CloudwatchLogGroup(this, "Logs", {
      name: names.databaseProxyLogGroup(name),
      retentionInDays: environment.rds.logRetentionDays,
      kmsKeyId: key.arn,
    });
    this.resource = new DbProxy(this, "Resource", {
      name: names.database(name),
      engineFamily: "POSTGRESQL",
      requireTls: true,
      idleClientTimeout: 1800, // seconds: what RDS takes by default
      debugLogging: false, // it would log statements with their values
      roleArn: role.role.arn,
      vpcSubnetIds: [...network.subnetIds.data],
      vpcSecurityGroupIds: [group.groupId],
      defaultAuthScheme: "IAM_AUTH",
      auth: [
        {
          authScheme: "SECRETS",
          iamAuth: "DISABLED", // for the one user of this secret: it has a password on every target
          clientPasswordAuthType: "POSTGRES_SCRAM_SHA_256",
          secretArn: application.secretArn,
        },
      ],
      dependsOn: [logs, role.policy, ...application.installed],
    });
    // The last part of its ARN. It has a name, because quotes in an expression would leave a policy that is no JSON.
    this.resourceId = new TerraformLocal(this, "ResourceId", Fn.element(Fn.split(":", this.resource.arn), 6)).asString;
    // Never more than the application's user may have: the rest is for jobs, which go to the instance itself.
    const share = Math.max(1, Math.floor((100 * intent.connections) / connectionLimit(intent)));
    const targets = new DbProxyDefaultTargetGroup(this, "Targets", {
      dbProxyName: this.resource.name,
      connectionPoolConfig: {
        maxConnectionsPercent: share,
        maxIdleConnectionsPercent: Math.min(50, share), // what RDS takes by default, as far as it may
        connectionBorrowTimeout: 120, // seconds, by default as well
      },
    });
    const target = new DbProxyTarget(this, "Target", {
      dbProxyName: this.resource.name,
      targetGroupName: targets.name,
      dbInstanceIdentifier: instance.resource.identifier,
    });
    this.installed = [target, ...group.installed];
  }

  get endpoint(): string {
    return this.resource.endpoint;
  }

  /** Pods reach the proxy, and the proxy the instance; nobody else does either. */
  private admittedGroup({ cluster, environment, name, network, securityGroup }: RdsProxyProps): RdsSecurityGroup {
    const groupName = `${awsNames(environment).database(name)}-proxy`;
    const group = new RdsSecurityGroup(this, "SecurityGroup", { network, name: groupName, description: "Proxy of the database" });
    group.admit("FromCluster", cluster.securityGroupId, "Pods of the cluster");
    new VpcSecurityGroupEgressRule(this, "ToInstance", {
      securityGroupId: group.groupId,
      description: "Connections to the instance",
      referencedSecurityGroupId: securityGroup.groupId,
      ipProtocol: "tcp",
      fromPort: postgresPort,
      toPort: postgresPort,
    });
    securityGroup.admit("FromProxy", group.groupId, "Proxy of the database");
    return group;
  }

  /** Reads one secret, and signs in as one user. */
  private roleOf({ application, cluster, environment, name, tokenStatement }: RdsProxyProps) {
    const roleName = awsNames(environment).role(`${name}-proxy`);
    // No condition: RDS Proxy is not documented to say for whom it asks.
    const role = new ServiceRole(this, "Role", { roleName, service: "rds.amazonaws.com" });
    const policy = new IamRolePolicy(this, "Policy", {
      name: "sign-in",
      role: role.resource.name,
      policy: policyDocument(
        { Sid: "Secret", Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [application.secretArn] },
        {
          Sid: "Decrypt",
          Effect: "Allow",
          Action: ["kms:Decrypt"],
          Resource: [cluster.secretsKeyArn],
          Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${environment.region}.amazonaws.com` } },
        },
        tokenStatement,
      ),
    });
    return { role, policy };
  }
}
