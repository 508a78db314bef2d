import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../../environments/environment";
import { awsNames } from "../shared/naming";
import type { IAwsNetwork, SubnetIds } from "./aws-network";
import { subnetCidr, subnetTiers, type SubnetTier } from "./subnet-layout";
import { VpcEndpoints } from "./vpc-endpoints";
import { VpcFlowLogs } from "./vpc-flow-logs";

/** A VPC that the environment gets for itself. */
export type AwsVpcProps = Extract<AwsEnvironment["network"], { readonly vpc: "create" }>;

/** Tags by which the load balancer controller finds subnets (its documentation, "Subnet auto discovery"). */
const discoveryTags: Partial<Record<SubnetTier, Readonly<Record<string, string>>>> = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
};

/** VPC with public, private, data and intra subnets in each zone. */
export class AwsVpc extends Construct implements IAwsNetwork {
  readonly podCidr: string;
  readonly zones: readonly string[];
  readonly subnetIds: SubnetIds;
  /** Escape hatch. */
  readonly resource: Vpc;
  private readonly prefix: string;

  constructor(scope: Construct, id: string, environment: AwsEnvironment, props: AwsVpcProps) {
    super(scope, id);
    this.prefix = awsNames(environment).prefix;
    this.podCidr = props.cidr;
    this.zones = environment.zones;
    this.resource = new Vpc(this, "Resource", {
      cidrBlock: props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true, // EKS and private endpoints resolve names inside the VPC
      tags: { Name: this.prefix },
    });
    // Whatever is started without a security group gets this one: it allows nothing.
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", { vpcId: this.vpcId, tags: { Name: `${this.prefix}-default-closed` } });

    const subnets = this.createSubnets();
    this.subnetIds = {
      public: subnets.public.map((subnet) => subnet.id),
      private: subnets.private.map((subnet) => subnet.id),
      data: subnets.data.map((subnet) => subnet.id),
      intra: subnets.intra.map((subnet) => subnet.id),
    };
    const internet = this.routePublicSubnets(subnets.public);
    const routeTables = [...this.routePrivateSubnets(props.nat, subnets, internet), ...this.isolate(subnets)];

    new VpcEndpoints(this, "Endpoints", { environment, network: this, routeTableIds: routeTables.map((table) => table.id) });
    new VpcFlowLogs(this, "FlowLogs", { environment, vpcId: this.vpcId, retentionDays: props.flowLogRetentionDays });
  }

  get vpcId(): string {
    return this.resource.id;
  }

  private createSubnets(): Readonly<Record<SubnetTier, readonly Subnet[]>> {
    const inTier = (tier: SubnetTier) =>
      this.zones.map(
        (zone, index) =>
          new Subnet(this, idOf(tier, "Subnet", zone), {
            vpcId: this.vpcId,
            availabilityZone: zone,
            cidrBlock: subnetCidr(this.podCidr, tier, index),
            mapPublicIpOnLaunch: false,
            tags: { Name: `${this.prefix}-${tier}-${zone}`, ...discoveryTags[tier] },
          }),
      );
    const [publicTier, privateTier, data, intra] = subnetTiers;
    return { public: inTier(publicTier), private: inTier(privateTier), data: inTier(data), intra: inTier(intra) };
  }

  private routePublicSubnets(subnets: readonly Subnet[]): InternetGateway {
    const internet = new InternetGateway(this, "InternetGateway", { vpcId: this.vpcId, tags: { Name: this.prefix } });
    const table = this.routeTable("Public", "public");
    new Route(this, "PublicRoute", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internet.id });
    this.associate("public", subnets, () => table);
    return internet;
  }

  private routePrivateSubnets(
    nat: AwsVpcProps["nat"],
    subnets: Readonly<Record<SubnetTier, readonly Subnet[]>>,
    internet: InternetGateway,
  ) {
    const gateways = subnets.public.slice(0, nat === "one" ? 1 : undefined).map((subnet, index) => {
      const zone = this.zones[index] ?? "";
      const address = new Eip(this, idOf("Nat", "Address", zone), {
        domain: "vpc",
        tags: { Name: `${this.prefix}-nat-${zone}` },
        dependsOn: [internet],
      });
      return new NatGateway(this, idOf("Nat", "Gateway", zone), {
        allocationId: address.id,
        subnetId: subnet.id,
        tags: { Name: `${this.prefix}-${zone}` },
        dependsOn: [internet],
      });
    });
    const tables = gateways.map((gateway, index) => {
      const zone = this.zones[index] ?? "";
      const table = this.routeTable(idOf("Private", "", zone), `private-${zone}`);
      new Route(this, idOf("Private", "Route", zone), {
        routeTableId: table.id,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: gateway.id,
      });
      return table;
    });
    this.associate("private", subnets.private, (index) => tables[index % tables.length]);
    return tables;
  }

  /** Data and intra subnets get a route table without a way out. */
  private isolate(subnets: Readonly<Record<SubnetTier, readonly Subnet[]>>): readonly RouteTable[] {
    const data = this.routeTable("Data", "data");
    const intra = this.routeTable("Intra", "intra");
    this.associate("data", subnets.data, () => data);
    this.associate("intra", subnets.intra, () => intra);
    return [data, intra];
  }

  private routeTable(id: string, name: string): RouteTable {
    return new RouteTable(this, `${id}RouteTable`, { vpcId: this.vpcId, tags: { Name: `${this.prefix}-${name}` } });
  }

  private associate(tier: SubnetTier, subnets: readonly Subnet[], tableFor: (index: number) => RouteTable | undefined): void {
    subnets.forEach((subnet, index) => {
      const table = tableFor(index);
      if (table === undefined) return;
      new RouteTableAssociation(this, idOf(tier, "Association", this.zones[index] ?? ""), { subnetId: subnet.id, routeTableId: table.id });
    });
  }
}

/** `PrivateSubnetA` for a zone `eu-central-1a`: stable when a zone is added behind the others. */
function idOf(first: string, what: string, zone: string): string {
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}${what}${zone.slice(-1).toUpperCase()}`;
}
