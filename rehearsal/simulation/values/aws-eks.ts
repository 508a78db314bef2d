import { arn, ec2Id, generatedName, joined, nameOf, regional, regionOf, tagged, textOr } from "./aws-values";
import { always, moment, pem, textAt, uuid, valueAt } from "./common-values";
import type { ValueContext, ValueTable } from "./value-table";

/** Clusters, their nodes, and who may use them. */
export const awsEks: ValueTable = {
  aws_eks_cluster: {
    planned: { ...regional, ...tagged },
    applied: {
      ...always(false, "compute_config.enabled", "deletion_protection", "storage_config.block_storage.enabled"),
      ...always(false, "kubernetes_network_config.elastic_load_balancing.enabled"),
      ...always(null, "cluster_id", "kubernetes_network_config.service_ipv6_cidr"), // Of Outposts and of IPv6 only.
      id: joined("", "name"),
      arn: (context) => arn(context, "eks", `cluster/${textAt(context, "name")}`),
      certificate_authority: (context) => [{ data: Buffer.from(pem("CERTIFICATE", context)).toString("base64") }],
      created_at: () => moment,
      endpoint: (context) => `https://${clusterCode(context)}.gr7.${regionOf(context)}.eks.amazonaws.com`,
      identity: (context) => [{ oidc: [{ issuer: `https://oidc.eks.${regionOf(context)}.amazonaws.com/id/${clusterCode(context)}` }] }],
      platform_version: () => "eks.1",
      status: () => "ACTIVE",
      version: () => "1.35",
      "access_config.authentication_mode": () => "CONFIG_MAP",
      "control_plane_scaling_config.tier": () => "standard",
      "kubernetes_network_config.ip_family": () => "ipv4",
      "kubernetes_network_config.service_ipv4_cidr": () => "172.20.0.0/16",
      "upgrade_policy.support_type": () => "EXTENDED",
      "vpc_config.cluster_security_group_id": ec2Id("sg", "security group"),
      "vpc_config.public_access_cidrs": () => ["0.0.0.0/0"],
      "vpc_config.vpc_id": ec2Id("vpc", "vpc"),
    },
  },
  aws_eks_node_group: {
    planned: { ...regional, ...tagged },
    applied: {
      ...generatedName("node_group_name"),
      id: (context) => `${textAt(context, "cluster_name")}:${nodeGroupName(context)}`,
      arn: (context) => arn(context, "eks", `nodegroup/${textAt(context, "cluster_name")}/${nodeGroupName(context)}/${uuid(context)}`),
      ami_type: () => "AL2023_x86_64_STANDARD",
      capacity_type: () => "ON_DEMAND",
      // A launch template says it instead.
      disk_size: (context) => (valueAt(context, "launch_template", "version") === undefined ? 20 : 0),
      instance_types: () => ["t3.medium"],
      release_version: (context) => `${textAt(context, "version") ?? "1.35"}.0-20260101`,
      resources: (context) => [
        { autoscaling_groups: [{ name: `eks-${nodeGroupName(context)}-${uuid(context)}` }], remote_access_security_group_id: "" },
      ],
      status: () => "ACTIVE",
      version: () => "1.35",
      "launch_template.id": ec2Id("lt", "launch template"),
      "launch_template.name": (context) => `template-of-${nodeGroupName(context)}`,
    },
  },
  aws_eks_addon: {
    planned: { ...regional, ...tagged },
    applied: {
      ...always(moment, "created_at", "modified_at"),
      id: joined(":", "cluster_name", "addon_name"),
      arn: (context) => arn(context, "eks", `addon/${textAt(context, "cluster_name")}/${textAt(context, "addon_name")}/${uuid(context)}`),
      addon_version: () => "v1.0.0-eksbuild.1",
      configuration_values: () => "",
    },
  },
  aws_eks_access_entry: {
    planned: { ...regional, ...tagged },
    applied: {
      ...always(moment, "created_at", "modified_at"),
      id: joined(":", "cluster_name", "principal_arn"),
      access_entry_arn: accessEntryArn,
      kubernetes_groups: () => [],
      user_name: userName,
    },
  },
  aws_eks_access_policy_association: {
    planned: regional,
    applied: {
      ...always(moment, "associated_at", "modified_at"),
      id: joined("#", "cluster_name", "principal_arn", "policy_arn"),
    },
  },
  aws_launch_template: {
    planned: { ...regional, ...tagged },
    applied: {
      ...generatedName(),
      // What a template leaves open is decided when an instance starts.
      ...always(
        0,
        ...["iops", "throughput", "volume_initialization_rate", "volume_size"].map((name) => `block_device_mappings.ebs.${name}`),
      ),
      ...always("", "block_device_mappings.ebs.volume_type", "instance_market_options.spot_options.valid_until"),
      ...always(
        "",
        ...["http_endpoint", "http_protocol_ipv6", "http_tokens", "instance_metadata_tags"].map((name) => `metadata_options.${name}`),
      ),
      "metadata_options.http_put_response_hop_limit": () => 0,
      id: ec2Id("lt"),
      arn: (context) => arn(context, "ec2", `launch-template/lt-${context.hex(17)}`),
      default_version: nextVersion,
      latest_version: nextVersion,
    },
    // A new version is the default one only where `update_default_version` says so, as it does in all templates here.
    renewed: ["default_version", "latest_version"],
    renewedWithout: ["default_version", "description", "name", "name_prefix", "tags", "tags_all", "update_default_version"],
  },
};

/** Names the cluster in its endpoint and its issuer. */
function clusterCode(context: ValueContext): string {
  return context.hex(32, "cluster").toUpperCase();
}

function nodeGroupName(context: ValueContext): string {
  return nameOf(context, "node_group_name");
}

/** Account, kind and name of a principal. */
function principalOf(context: ValueContext) {
  const [, account = context.account, kind = "role", name = ""] =
    /^arn:aws:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/.exec(textAt(context, "principal_arn") ?? "") ?? [];
  return { account, kind, name };
}

function accessEntryArn(context: ValueContext): string {
  const { account, kind, name } = principalOf(context);
  return arn(context, "eks", `access-entry/${textAt(context, "cluster_name")}/${kind}/${account}/${name}/${uuid(context)}`);
}

/** Who a principal is to Kubernetes when nobody says otherwise. */
function userName(context: ValueContext): string {
  const { account, kind, name } = principalOf(context);
  if (String(textOr("STANDARD", "type")(context)).startsWith("EC2")) return "system:node:{{EC2PrivateDNSName}}";
  return kind === "user" ? `arn:aws:iam::${account}:user/${name}` : `arn:aws:sts::${account}:assumed-role/${name}/{{SessionName}}`;
}

function nextVersion({ prior }: ValueContext): number {
  return typeof prior?.latest_version === "number" ? prior.latest_version + 1 : 1;
}
