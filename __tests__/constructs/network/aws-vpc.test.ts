import { AwsVpc, type AwsVpcProps } from "../../../constructs/network/aws-vpc";
import { overlap } from "../../../constructs/network/cidr";
import { environments } from "../../../environments/index";
import type { AwsEnvironment } from "../../../environments/environment";
import { itHonoursNetwork } from "../../contracts/network";
import { only, statement, synthesizedStack, type SynthesizedStack } from "../../synthesized";

const { dev, prod } = environments;

itHonoursNetwork("AwsVpc", dev, (scope, id) => new AwsVpc(scope, id, dev, propsOf(dev)));

describe("AwsVpc", () => {
  const stack = vpcOf(dev);
  const names = { public: "Public", private: "Private", data: "Data", intra: "Intra" } as const;

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "aws_cloudwatch_log_group", // flow logs
      "aws_default_security_group", // emptied
      "aws_eip", // of the NAT gateway
      "aws_flow_log",
      "aws_iam_role", // writes flow logs
      "aws_iam_role_policy",
      "aws_internet_gateway",
      "aws_kms_alias", // flow logs
      "aws_kms_key",
      "aws_nat_gateway", // one
      "aws_route", // public, to the internet gateway
      "aws_route", // private, to the NAT gateway
      "aws_route_table", // public
      "aws_route_table", // private
      "aws_route_table", // data
      "aws_route_table", // intra
      ...Array<string>(8).fill("aws_route_table_association"), // four tiers in two zones
      "aws_security_group", // of the interface endpoints
      ...Array<string>(8).fill("aws_subnet"), // four tiers in two zones
      "aws_vpc",
      ...Array<string>(14).fill("aws_vpc_endpoint"), // S3 twice, and what a private cluster calls
      "aws_vpc_security_group_ingress_rule", // HTTPS to the interface endpoints
    ]);
  });

  it("has a subnet for each tier and zone, none of which gives out public addresses", () => {
    for (const [tier, name] of Object.entries(names)) {
      for (const zone of dev.zones) {
        expect(stack.one("aws_subnet", `Network_${name}Subnet${zone.slice(-1).toUpperCase()}_`)).toMatchObject({
          availability_zone: zone,
          map_public_ip_on_launch: false,
          tags: { Name: `ml-platform-dev-${tier}-${zone}` },
        });
      }
    }
  });

  it("tags the subnets that load balancers look for", () => {
    expect(stack.one("aws_subnet", "Network_PublicSubnetA_").tags).toMatchObject({ "kubernetes.io/role/elb": "1" });
    expect(stack.one("aws_subnet", "Network_PrivateSubnetA_").tags).toMatchObject({ "kubernetes.io/role/internal-elb": "1" });
  });

  it.each([2, 3, 4])("gives %d zones disjoint blocks within the VPC, whatever its size", (count) => {
    // The largest and the smallest; the layout of those between is tested with fast-check.
    const zones = ["a", "b", "c", "d"].slice(0, count).map((letter) => `eu-central-1${letter}`);
    for (const cidr of ["10.10.0.0/16", "10.10.192.0/20"]) {
      const blocks = blocksOf({ ...dev, zones, network: { ...propsOf(dev), cidr } }).map((block) => block.split(" ")[1] ?? "");
      const pairs = blocks.flatMap((block, index) => blocks.slice(index + 1).map((other) => [block, other] as const));
      expect(blocks).toHaveLength(4 * count);
      expect(pairs.filter(([block, other]) => overlap(block, other))).toEqual([]);
      expect(blocks.filter((block) => !nested(block, cidr))).toEqual([]);
    }
  });

  it("keeps every block in its place when a zone is added behind the others", () => {
    const more = { ...dev, zones: [...dev.zones, "eu-central-1c"] };
    expect(blocksOf(more)).toEqual(expect.arrayContaining([...blocksOf(dev)]));
    expect(blocksOf(more)).toHaveLength(blocksOf(dev).length + 4);
  });

  it.each([
    ["one", { ...dev, zones: prod.zones }, 1],
    ["one-per-zone", prod, 3],
  ] as const)("goes out through NAT: %s", (_, environment, gateways) => {
    const vpc = vpcOf(environment);
    expect(vpc.all("aws_nat_gateway")).toHaveLength(gateways);
    expect(vpc.all("aws_eip")).toHaveLength(gateways);
    const ways = environment.zones.map((zone) => routesOf(vpc, "Private", zone).map(({ nat_gateway_id }) => nat_gateway_id));
    expect(ways.map((way) => way.length)).toEqual(environment.zones.map(() => 1));
    expect(new Set(ways.flat()).size).toBe(gateways);
    // A gateway per zone helps only where each zone uses its own.
    if (gateways > 1) {
      for (const zone of environment.zones) {
        const letter = zone.slice(-1).toUpperCase();
        const gateway = vpc.address("aws_nat_gateway", `Network_NatGateway${letter}_`);
        expect(routesOf(vpc, "Private", zone)).toMatchObject([{ nat_gateway_id: `\${${gateway}.id}` }]);
        expect(vpc.one("aws_nat_gateway", `Network_NatGateway${letter}_`)).toMatchObject({
          subnet_id: `\${${vpc.address("aws_subnet", `Network_PublicSubnet${letter}_`)}.id}`,
        });
      }
    }
  });

  it("gives data and intra subnets no route out", () => {
    for (const tier of ["Data", "Intra"] as const) {
      for (const zone of dev.zones) expect(routesOf(stack, tier, zone)).toEqual([]);
    }
    for (const table of stack.all("aws_route_table")) expect(table.route).toBeUndefined();
    // The same question finds the route that is there.
    expect(routesOf(stack, "Public", dev.zones[0] ?? "")).toMatchObject([{ destination_cidr_block: "0.0.0.0/0" }]);
  });

  it("empties the default security group", () => {
    const group = stack.one("aws_default_security_group");
    expect(group.vpc_id).toBe(`\${${stack.address("aws_vpc")}.id}`);
    expect(group.ingress).toBeUndefined();
    expect(group.egress).toBeUndefined();
  });

  it("logs every connection to a group under its own key", () => {
    expect(stack.one("aws_flow_log")).toMatchObject({
      vpc_id: `\${${stack.address("aws_vpc")}.id}`,
      traffic_type: "ALL",
      log_destination: `\${${stack.address("aws_cloudwatch_log_group")}.arn}`,
    });
    expect(stack.one("aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/vpc/ml-platform-dev/flow-logs",
      retention_in_days: 14,
      kms_key_id: `\${${stack.address("aws_kms_key")}.arn}`,
    });
    expect(statement(stack.one("aws_kms_key").policy, "CloudWatchLogs")).toMatchObject({
      Principal: { Service: "logs.eu-central-1.amazonaws.com" },
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:000000000001:log-group:/aws/vpc/ml-platform-dev/flow-logs",
        },
      },
    });
    expect(statement(stack.one("aws_iam_role").assume_role_policy, "Trust").Condition).toMatchObject({
      StringEquals: { "aws:SourceAccount": "000000000001" },
    });
  });

  it("reaches S3 by a gateway from every tier that is not public, and by an interface", () => {
    expect(stack.one("aws_vpc_endpoint", "Network_Endpoints_S3Gateway_")).toMatchObject({
      service_name: "com.amazonaws.eu-central-1.s3",
      vpc_endpoint_type: "Gateway",
      route_table_ids: ["Network_PrivateARouteTable", "Network_DataRouteTable", "Network_IntraRouteTable"].flatMap((prefix) =>
        stack.resources
          .filter(({ type, name }) => type === "aws_route_table" && name.startsWith(prefix))
          .map(({ name }) => `\${aws_route_table.${name}.id}`),
      ),
    });
    expect(stack.one("aws_vpc_endpoint", "Network_Endpoints_S3Interface_")).toMatchObject({
      service_name: "com.amazonaws.eu-central-1.s3",
      vpc_endpoint_type: "Interface",
      private_dns_enabled: true,
      dns_options: { private_dns_only_for_inbound_resolver_endpoint: false },
    });
  });

  it("has the interface endpoints that a private cluster needs, in intra subnets, for HTTPS from the VPC", () => {
    const interfaces = stack.all("aws_vpc_endpoint").filter(({ vpc_endpoint_type }) => vpc_endpoint_type === "Interface");
    expect(interfaces.map(({ service_name }) => String(service_name).replace("com.amazonaws.eu-central-1.", "")).sort()).toEqual([
      "autoscaling",
      "ec2",
      "ecr.api",
      "ecr.dkr",
      "eks",
      "eks-auth", // Pod Identity
      "elasticloadbalancing",
      "kms",
      "logs",
      "s3",
      "secretsmanager",
      "sqs",
      "sts",
    ]);
    for (const endpoint of interfaces) {
      expect(endpoint).toMatchObject({
        private_dns_enabled: true,
        security_group_ids: [`\${${stack.address("aws_security_group")}.id}`],
        subnet_ids: [`\${${stack.address("aws_subnet", "Network_IntraSubnetA_")}.id}`],
      });
    }
    expect(stack.one("aws_vpc_security_group_ingress_rule")).toMatchObject({ cidr_ipv4: "10.10.0.0/16", from_port: 443, to_port: 443 });
  });

  it("fails when a zone is given twice", () => {
    expect(() => vpcOf({ ...dev, zones: ["eu-central-1a", "eu-central-1a"] })).toThrow(/'PublicSubnetA'/);
  });

  it("has endpoints in every zone where the loss of one must go unnoticed", () => {
    const [endpoint] = vpcOf(prod).all("aws_vpc_endpoint", "Network_Endpoints_Sts_");
    expect(endpoint?.subnet_ids).toHaveLength(3);
  });
});

function propsOf(environment: AwsEnvironment): AwsVpcProps {
  if (environment.network.vpc === "create") return environment.network;
  throw new Error(`${environment.name} has no VPC of its own`);
}

function vpcOf(environment: AwsEnvironment): SynthesizedStack {
  return synthesizedStack(environment, "cluster", (scope) => new AwsVpc(scope, "Network", environment, propsOf(environment)));
}

/** Names and blocks of the subnets. */
function blocksOf(environment: AwsEnvironment): readonly string[] {
  return vpcOf(environment).resources.flatMap(({ type, name, values }) =>
    type === "aws_subnet" ? [`${name} ${String(values.cidr_block)}`] : [],
  );
}

/** Routes in the route table that the subnet of a tier and zone is associated with. */
function routesOf(stack: SynthesizedStack, tier: string, zone: string) {
  const subnet = `\${${stack.address("aws_subnet", `Network_${tier}Subnet${zone.slice(-1).toUpperCase()}_`)}.id}`;
  const association = only(
    stack.all("aws_route_table_association").filter(({ subnet_id }) => subnet_id === subnet),
    `association of ${subnet}`,
  );
  return stack.all("aws_route").filter(({ route_table_id }) => route_table_id === association.route_table_id);
}

function nested(block: string, outer: string): boolean {
  const bits = Number(outer.split("/")[1]);
  return numberOf(block) >>> (32 - bits) === numberOf(outer) >>> (32 - bits) && Number(block.split("/")[1]) >= bits;
}

function numberOf(cidr: string): number {
  return (cidr.split("/")[0] ?? "").split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
