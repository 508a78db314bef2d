import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Installed } from "../addons/installed";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { IAwsNetwork } from "../network/aws-network";
import { cachePort } from "./cache";

export interface ElastiCachePlaceProps {
  readonly cluster: IAwsCluster;
  readonly network: IAwsNetwork;
  /** Physical name of the cache, and of what is made here. */
  readonly name: string;
}

/** Where a cache of ElastiCache is, and who reaches it: the data subnets, and the cluster's nodes and pods. Policies in the cluster say which. */
export class ElastiCachePlace extends Construct implements Installed {
  /** Escape hatch. */
  readonly subnetGroup: ElasticacheSubnetGroup;
  /** Escape hatch. */
  readonly securityGroup: SecurityGroup;
  readonly installed: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { cluster, network, name }: ElastiCachePlaceProps) {
    super(scope, id);
    this.subnetGroup = new ElasticacheSubnetGroup(this, "SubnetGroup", {
      name,
      description: `Data subnets for ${name}`,
      subnetIds: [...network.subnetIds.data],
    });
    this.securityGroup = new SecurityGroup(this, "SecurityGroup", {
      name,
      description: "Cache",
      vpcId: network.vpcId,
      tags: { Name: name },
    });
    const admitted = new VpcSecurityGroupIngressRule(this, "FromCluster", {
      securityGroupId: this.securityGroup.id,
      description: "Pods of the cluster",
      referencedSecurityGroupId: cluster.securityGroupId,
      ipProtocol: "tcp",
      fromPort: cachePort,
      toPort: cachePort,
    });
    this.installed = [this.subnetGroup, admitted];
  }
}
