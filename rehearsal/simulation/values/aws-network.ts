import { arn, ec2Id, ec2Object, regional, regionOf, tagged, textOr } from "./aws-values";
import { always, numberBelow, textAt } from "./common-values";
import type { SimulatedValue, ValueContext, ValueTable } from "./value-table";

/** Addresses that belong to nobody: the range for benchmarks (RFC 2544). */
const publicAddress: SimulatedValue = (context) =>
  `198.18.${numberBelow(256, context, "third")}.${numberBelow(254, context, "fourth") + 1}`;

const privateAddress: SimulatedValue = (context) => `10.${["b", "c", "d"].map((byte) => numberBelow(254, context, byte) + 1).join(".")}`;

/** VPCs, and how packets find their way in them. */
export const awsNetwork: ValueTable = {
  aws_vpc: {
    planned: { ...regional, ...tagged },
    applied: {
      ...ec2Object("vpc", "vpc"),
      ...always("", "ipv6_association_id", "ipv6_cidr_block", "ipv6_cidr_block_network_border_group"),
      ...always(false, "enable_dns_hostnames", "enable_network_address_usage_metrics"),
      default_network_acl_id: ec2Id("acl", "network acl"),
      default_route_table_id: ec2Id("rtb", "route table"),
      main_route_table_id: ec2Id("rtb", "route table"),
      default_security_group_id: ec2Id("sg", "security group"),
      dhcp_options_id: ec2Id("dopt", "dhcp options"),
    },
  },
  aws_subnet: {
    planned: { ...regional, ...tagged },
    applied: {
      ...ec2Object("subnet", "subnet"),
      ...always("", "ipv6_cidr_block", "ipv6_cidr_block_association_id"),
      availability_zone: zone,
      availability_zone_id: zoneId,
      private_dns_hostname_type_on_launch: () => "ip-name",
    },
  },
  aws_internet_gateway: {
    planned: { ...regional, ...tagged },
    applied: ec2Object("igw", "internet-gateway"),
  },
  aws_eip: {
    planned: { ...regional, ...tagged },
    applied: {
      ...always("", "association_id", "carrier_ip", "customer_owned_ip", "instance", "ipam_pool_id", "network_interface"),
      ...always("", "private_dns", "private_ip", "ptr_record"),
      id: ec2Id("eipalloc"),
      allocation_id: ec2Id("eipalloc"),
      arn: (context) => arn(context, "ec2", `elastic-ip/eipalloc-${context.hex(17)}`),
      domain: () => "vpc",
      network_border_group: regionOf,
      public_dns: (context) => `ec2-${String(publicAddress(context)).replaceAll(".", "-")}.${regionOf(context)}.compute.amazonaws.com`,
      public_ip: publicAddress,
      public_ipv4_pool: () => "amazon",
    },
  },
  aws_nat_gateway: {
    planned: { ...regional, ...tagged },
    applied: {
      ...always([], "regional_nat_gateway_address", "secondary_allocation_ids", "secondary_private_ip_addresses"),
      ...always("", "auto_provision_zones", "auto_scaling_ips", "regional_nat_gateway_auto_mode", "route_table_id"),
      id: ec2Id("nat"),
      association_id: ec2Id("eipassoc", "association"),
      availability_mode: () => "zonal",
      network_interface_id: ec2Id("eni", "network interface"),
      private_ip: privateAddress,
      public_ip: publicAddress,
      secondary_private_ip_address_count: () => 0,
      vpc_id: ec2Id("vpc", "vpc"),
    },
  },
  aws_route_table: {
    planned: { ...regional, ...tagged },
    applied: { ...ec2Object("rtb", "route-table"), ...always([], "propagating_vgws", "route") },
  },
  aws_route_table_association: { planned: regional, applied: { id: ec2Id("rtbassoc") } },
  aws_route: {
    planned: regional,
    applied: {
      ...always("", "instance_id", "instance_owner_id", "network_interface_id"),
      // The provider appends a checksum of the destination to the table's id.
      id: (context) => `r-${textAt(context, "route_table_id") ?? "rtb"}${numberBelow(2 ** 32, context)}`,
      origin: () => "CreateRoute",
      state: () => "active",
    },
  },
};

function zone(context: ValueContext): string {
  return `${regionOf(context)}a`;
}

/** E.g. `euc1-az2` for `eu-central-1b`. */
function zoneId(context: ValueContext): string {
  const name = String(textOr(zone(context), "availability_zone")(context));
  const [continent = "", ...directions] = name.replace(/-\d+[a-z]$/, "").split("-");
  const [, area = "1", letter = "a"] = /-(\d+)([a-z])$/.exec(name) ?? [];
  const abbreviated = directions.map((direction) =>
    /^(north|south)(east|west)$/.test(direction) ? direction.replace(/^(.).*(e|w).*$/, "$1$2") : direction[0],
  );
  return `${continent}${abbreviated.join("")}${area}-az${letter.charCodeAt(0) - "a".charCodeAt(0) + 1}`;
}
