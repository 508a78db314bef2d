import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import type { IAwsCluster } from "../cluster/aws-cluster";
import type { IAwsNetwork } from "../network/aws-network";
import { awsNames } from "../shared/naming";

export interface AlbSecurityGroupProps {
  readonly environment: AwsEnvironment;
  readonly network: IAwsNetwork;
  readonly cluster: IAwsCluster;
}

/** Plain HTTP is there for the redirect. */
const listened = [80, 443] as const;

/** Ports that routes take for pods: SSH and others of the nodes stay closed. NetworkPolicies narrow it to the pods of routes and their ports. */
const podPorts = { ipProtocol: "tcp", fromPort: 1024, toPort: 65535 } as const;

/** Who reaches the load balancer, and that it reaches pods of the cluster and nothing else. */
export class AlbSecurityGroup extends Construct {
  /** Escape hatch. */
  readonly resource: SecurityGroup;

  constructor(scope: Construct, id: string, { environment, network, cluster }: AlbSecurityGroupProps) {
    super(scope, id);
    const name = `${awsNames(environment).prefix}-load-balancer`;
    this.resource = new SecurityGroup(this, "Resource", {
      name,
      description: "Load balancer in front of the cluster",
      vpcId: network.vpcId,
      tags: { Name: name },
    });
    const securityGroupId = this.resource.id;
    clientsOf(environment).forEach((cidrIpv4, index) => {
      for (const port of listened) {
        new VpcSecurityGroupIngressRule(this, `From${index}On${port}`, {
          securityGroupId,
          description: `Requests from ${cidrIpv4}`,
          cidrIpv4,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
        });
      }
    });
    new VpcSecurityGroupEgressRule(this, "ToPods", {
      ...podPorts,
      securityGroupId,
      description: "Requests and health checks to pods",
      referencedSecurityGroupId: cluster.securityGroupId,
    });
    new VpcSecurityGroupIngressRule(this, "PodsFromLoadBalancer", {
      ...podPorts,
      securityGroupId: cluster.securityGroupId,
      description: "Requests and health checks of the load balancer",
      referencedSecurityGroupId: securityGroupId,
    });
  }
}

/** Blocks that requests come from: the internet, or the VPC and the VPN behind which its people are. */
function clientsOf({ cluster: { endpoint }, ingress, network }: AwsEnvironment): readonly string[] {
  if (ingress.access === "internet") return ["0.0.0.0/0"];
  const vpn = endpoint.access === "private" && endpoint.reach.by === "vpn" ? endpoint.reach.cidrs : [];
  return [network.cidr, ...vpn];
}
