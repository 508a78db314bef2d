import { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import type { Placement } from "../../environments/node-groups";
import { encryptedLogGroup } from "../encryption/encrypted-log-group";
import { KmsEncryptionKey } from "../encryption/kms-encryption-key";
import { ServiceRole } from "../identity/service-role";
import { engines } from "../ledger/engines";
import type { LedgerEntries, Recorded } from "../ledger/ledger-entry";
import type { IAwsNetwork } from "../network/aws-network";
import { awsNames } from "../shared/naming";
import type { IAwsCluster } from "./aws-cluster";
import type { ExecAccess, Scheduling } from "./cluster";
import { EksAccess } from "./eks-access";
import { EksAddons } from "./eks-addons";
import { EksNodeGroups } from "./eks-node-groups";
import { hasGpus } from "./instance-types";
import { schedulingFor } from "./scheduling";

export interface EksClusterProps {
  readonly environment: AwsEnvironment;
  readonly network: IAwsNetwork;
}

/** How a private API server is reached. */
type Reach = Extract<AwsEnvironment["cluster"]["endpoint"], { readonly access: "private" }>["reach"];

/** EKS cluster with managed node groups, the add-ons that nodes need, and its keys. */
export class EksCluster extends Construct implements IAwsCluster, Recorded {
  readonly clusterName: string;
  readonly kubernetesVersion: string;
  readonly access: ExecAccess;
  readonly imagePullPrincipals: readonly string[];
  /** Escape hatch. */
  readonly resource: EksClusterResource;
  /** Key that encrypts the environment's secrets: in etcd, and in Secrets Manager. */
  readonly secretsKey: KmsEncryptionKey;
  /** For roles that are assumed by IRSA; Pod Identity does not need it. */
  readonly oidcProvider: IamOpenidConnectProvider;
  readonly ledgerEntries: LedgerEntries;
  private readonly environment: AwsEnvironment;
  private readonly nodeGroups: EksNodeGroups;

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    const { environment, network } = props;
    const { cluster } = environment;
    const names = awsNames(environment);
    this.environment = environment;
    this.clusterName = names.cluster;
    this.kubernetesVersion = cluster.version;
    this.ledgerEntries = { kubernetes: engines.kubernetes[cluster.version] };
    this.secretsKey = new KmsEncryptionKey(this, "SecretsKey", {
      environment,
      alias: names.keyAlias("secrets"),
      description: `Secrets of ${names.prefix}`,
      preventDestroy: !environment.disposable,
    });

    this.resource = this.createControlPlane(network);
    this.oidcProvider = new IamOpenidConnectProvider(this, "OidcProvider", {
      url: this.resource.identity.get(0).oidc.get(0).issuer,
      clientIdList: ["sts.amazonaws.com"],
    });
    new EksAccess(this, "Access", { environment, cluster: this.resource });
    const shared = { environment, cluster: this.resource };
    // Nodes become ready only with a network; what is no DaemonSet becomes ready only with nodes.
    const networkAddons = new EksAddons(this, "NetworkAddons", {
      ...shared,
      names: ["eks-pod-identity-agent", "vpc-cni", "kube-proxy"],
      dependsOn: [],
    });
    this.nodeGroups = new EksNodeGroups(this, "NodeGroups", {
      ...shared,
      subnetIds: network.subnetIds.private,
      dependsOn: networkAddons.resources,
    });
    new EksAddons(this, "NodeAddons", { ...shared, names: ["coredns", "aws-ebs-csi-driver"], dependsOn: this.nodeGroups.resources });

    this.access = this.accessFor();
    this.imagePullPrincipals = [this.nodeRoleArn];
  }

  get clusterArn(): string {
    return this.resource.arn;
  }

  get endpoint(): string {
    return this.resource.endpoint;
  }

  get securityGroupId(): string {
    return this.resource.vpcConfig.clusterSecurityGroupId;
  }

  get nodeRoleName(): string {
    return this.nodeGroups.role.resource.name;
  }

  get nodeRoleArn(): string {
    return this.nodeGroups.role.arn;
  }

  get secretsKeyArn(): string {
    return this.secretsKey.arn;
  }

  get oidcProviderArn(): string {
    return this.oidcProvider.arn;
  }

  get oidcIssuer(): string {
    return Fn.replace(this.oidcProvider.url, "https://", "");
  }

  get nodeGroupNames(): Readonly<Record<string, string>> {
    const { nodeGroups } = this.environment.cluster;
    return Object.fromEntries(nodeGroups.map(({ name }, index) => [name, this.nodeGroups.resources[index]?.nodeGroupName ?? ""]));
  }

  scheduling(placement: Placement): Scheduling {
    return schedulingFor(this.environment.cluster.nodeGroups, placement, hasGpus);
  }

  private createControlPlane(network: IAwsNetwork): EksClusterResource {
    const { environment } = this;
    const { cluster } = environment;
    const { endpoint } = cluster;
    const names = awsNames(environment);
    const role = new ServiceRole(this, "Role", {
      roleName: names.role("cluster"),
      service: "eks.amazonaws.com",
      managedPolicyArns: [`arn:${partitionOf(environment.region)}:iam::aws:policy/AmazonEKSClusterPolicy`],
    });
    // Made before the cluster: otherwise EKS makes it, unencrypted and without an end.
    const logGroup = encryptedLogGroup(this, {
      environment,
      name: names.clusterLogGroup,
      keyId: "LogKey",
      keyPurpose: "control-plane-logs",
      description: "Control plane logs",
      retentionDays: cluster.logRetentionDays,
    });
    return new EksClusterResource(this, "Resource", {
      name: this.clusterName,
      version: cluster.version,
      roleArn: role.arn,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false, // the add-ons are managed, below
      deletionProtection: environment.deletionProtection,
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfig: { provider: { keyArn: this.secretsKey.arn }, resources: ["secrets"] },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: cluster.serviceCidr },
      upgradePolicy: { supportType: "STANDARD" }, // EXTENDED, the default of AWS, costs six times as much once it begins
      vpcConfig: {
        subnetIds: [...network.subnetIds.intra],
        endpointPrivateAccess: true,
        endpointPublicAccess: endpoint.access === "public",
        ...(endpoint.access === "public"
          ? { publicAccessCidrs: [...endpoint.cidrs] }
          : { securityGroupIds: [this.apiAccess(network, endpoint.reach).id] }),
      },
      dependsOn: [logGroup, ...role.attachments],
      lifecycle: {
        preventDestroy: !environment.disposable,
        // EKS never moves a control plane to other zones; nodes use a zone that is added all the same.
        ignoreChanges: ["vpc_config[0].subnet_ids"],
      },
    });
  }

  /**
   * Lets people reach a private API server, by a group of its interfaces alone: the cluster's own group is also on every node.
   * A VPN comes with its own addresses, a tunnel ends in the VPC.
   */
  private apiAccess(network: IAwsNetwork, reach: Reach): SecurityGroup {
    const { prefix } = awsNames(this.environment);
    const group = new SecurityGroup(this, "ApiAccess", {
      name: `${prefix}-api-access`,
      description: "Kubernetes API from outside of the cluster",
      vpcId: network.vpcId,
      tags: { Name: `${prefix}-api-access` },
    });
    const blocks = reach.by === "vpn" ? reach.cidrs : [network.podCidr];
    blocks.forEach((cidrIpv4, index) => {
      new VpcSecurityGroupIngressRule(this, `ApiAccessFrom${index}`, {
        securityGroupId: group.id,
        description: `Kubernetes API by ${reach.by}`,
        cidrIpv4,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      });
    });
    return group;
  }

  private accessFor(): ExecAccess {
    const { endpoint } = this.environment.cluster;
    const tunnel = endpoint.access === "private" && endpoint.reach.by === "tunnel" ? endpoint.reach : undefined;
    return {
      by: "exec",
      endpoint: tunnel ? `https://${tunnel.address}` : this.resource.endpoint,
      ...(tunnel ? { tlsServerName: tunnel.tlsServerName } : {}),
      certificateAuthority: this.resource.certificateAuthority.get(0).data,
      clusterName: this.clusterName,
      region: this.environment.region,
    };
  }
}
