import { arn, codeAfter, ec2Id, ec2Object, generatedName, regional, regionOf, tagged } from "./aws-values";
import { always, textAt, valueAt } from "./common-values";
import type { ResourceValues, SimulatedValue, ValueContext, ValueTable } from "./value-table";

const securityGroup = {
  ...ec2Object("sg", "security-group"),
  ...always([], "egress", "ingress"),
  vpc_id: ec2Id("vpc", "vpc"),
};

const securityGroupRule: ResourceValues = {
  planned: { ...regional, ...tagged },
  applied: {
    id: ec2Id("sgr"),
    arn: (context) => arn(context, "ec2", `security-group-rule/sgr-${context.hex(17)}`),
    security_group_rule_id: ec2Id("sgr"),
  },
};

const openPolicy = JSON.stringify({ Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }], Version: "2008-10-17" });

/** Fields of a flow log that asks for no others, as AWS documents them. */
const flowLogFields =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status".split(" ");

/** Security groups, endpoints and flow logs of VPCs. */
export const awsNetworkAccess: ValueTable = {
  aws_security_group: {
    planned: { ...regional, ...tagged },
    applied: { ...securityGroup, ...generatedName() },
  },
  aws_default_security_group: {
    planned: { ...regional, ...tagged },
    applied: {
      ...securityGroup,
      description: () => "default VPC security group",
      name: () => "default",
      name_prefix: () => "",
    },
  },
  aws_vpc_security_group_egress_rule: securityGroupRule,
  aws_vpc_security_group_ingress_rule: securityGroupRule,
  aws_vpc_endpoint: {
    planned: { ...regional, ...tagged },
    applied: {
      ...ec2Object("vpce", "vpc-endpoint"),
      ...always([], "route_table_ids", "security_group_ids", "subnet_ids", "dns_options.private_dns_specified_domains"),
      ...always(false, "private_dns_enabled", "requester_managed"),
      // Prefix lists of AWS itself have short ids.
      cidr_blocks: (context) => (isInterface(context) ? [] : ["198.18.0.0/16"]),
      prefix_list_id: (context) => (isInterface(context) ? null : `pl-${context.hex(8, "prefix list")}`),
      dns_entry: dnsEntries,
      "dns_options.dns_record_ip_type": () => "ipv4",
      "dns_options.private_dns_preference": () => "",
      ip_address_type: (context) => (isInterface(context) ? "ipv4" : ""),
      network_interface_ids: networkInterfaces,
      policy: () => openPolicy,
      service_region: regionOf,
      state: () => "available",
    },
  },
  aws_flow_log: {
    planned: { ...regional, ...tagged },
    applied: {
      id: ec2Id("fl"),
      arn: (context) => arn(context, "ec2", `vpc-flow-log/fl-${context.hex(17)}`),
      log_destination: (context) => arn(context, "logs", `log-group:${textAt(context, "log_group_name") ?? "flow-logs"}`),
      log_format: () => flowLogFields.map((field) => `\${${field}}`).join(" "),
    },
  },
};

function isInterface(context: ValueContext): boolean {
  return textAt(context, "vpc_endpoint_type") === "Interface";
}

/** One network interface in each subnet. */
function networkInterfaces(context: ValueContext): readonly unknown[] {
  const subnets = valueAt(context, "subnet_ids");
  return Array.isArray(subnets) ? subnets.map((_, index) => ec2Id("eni", `network interface ${index}`)(context)) : [];
}

/** The endpoint's own name, and the service's where the VPC resolves it to the endpoint. */
function dnsEntries(context: ValueContext): readonly object[] {
  if (!isInterface(context)) return [];
  const region = regionOf(context);
  const service = (textAt(context, "service_name") ?? "").split(`${region}.`).at(-1)?.split(".").reverse().join(".");
  const own = `vpce-${context.hex(17)}-${context.hex(8, "dns")}.${service}.${region}.vpce.amazonaws.com`;
  const names = valueAt(context, "private_dns_enabled") === true ? [own, `${service}.${region}.amazonaws.com`] : [own];
  const zoneOf: SimulatedValue = codeAfter("Z", 20, "zone");
  return names.map((dns_name) => ({ dns_name, hosted_zone_id: zoneOf(context) }));
}
