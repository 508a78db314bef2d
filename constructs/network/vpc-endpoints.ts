import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { awsNames } from "../shared/naming";
import type { IAwsNetwork } from "./aws-network";

export interface VpcEndpointsProps {
  readonly environment: AwsEnvironment;
  readonly network: IAwsNetwork;
  /** Route tables that get the gateway endpoint of S3. */
  readonly routeTableIds: readonly string[];
}

/** What nodes and the platform's add-ons call (EKS user guide, "Private clusters"). */
const interfaceServices = [
  "autoscaling",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth", // Pod Identity
  "elasticloadbalancing",
  "kms",
  "logs",
  "secretsmanager",
  "sqs", // Karpenter's interruption queue
  "sts",
] as const;

/**
 * Endpoints of AWS services inside the VPC. S3 has both kinds: only the interface has addresses in the VPC, which a
 * NetworkPolicy can name, so the VPC's DNS leads there, image layers included; the gateway carries what does not ask that DNS.
 */
export class VpcEndpoints extends Construct {
  /** Escape hatch. */
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { environment, network } = props;
    const { prefix } = awsNames(environment);
    this.securityGroup = new SecurityGroup(this, "SecurityGroup", {
      name: `${prefix}-endpoints`,
      description: "Endpoints of AWS services",
      vpcId: network.vpcId,
      tags: { Name: `${prefix}-endpoints` },
    });
    new VpcSecurityGroupIngressRule(this, "FromVpc", {
      securityGroupId: this.securityGroup.id,
      description: "HTTPS from the VPC",
      cidrIpv4: network.podCidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });

    const serviceName = (service: string) => `com.amazonaws.${environment.region}.${service}`;
    new VpcEndpoint(this, "S3Gateway", {
      vpcId: network.vpcId,
      serviceName: serviceName("s3"),
      vpcEndpointType: "Gateway",
      routeTableIds: [...props.routeTableIds],
      tags: { Name: `${prefix}-s3-gateway` },
    });
    // An interface in each zone costs as much as the first: only who must survive the loss of a zone pays for it.
    const subnetIds = environment.highlyAvailable ? [...network.subnetIds.intra] : network.subnetIds.intra.slice(0, 1);
    const common = {
      vpcId: network.vpcId,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      securityGroupIds: [this.securityGroup.id],
      subnetIds,
    };
    for (const service of interfaceServices) {
      new VpcEndpoint(this, idOf(service), { ...common, serviceName: serviceName(service), tags: { Name: `${prefix}-${service}` } });
    }
    new VpcEndpoint(this, "S3Interface", {
      ...common,
      serviceName: serviceName("s3"),
      // The name of S3 resolves to the interface within the VPC, too, not only for resolvers outside.
      dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false },
      tags: { Name: `${prefix}-s3` },
    });
  }
}

/** `EcrApi` for `ecr.api`. */
function idOf(service: string): string {
  return service
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
