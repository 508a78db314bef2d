import { defineCapability } from "../capability";
import { is, isAbsent, matches, must, mustBeAtLeast, refersTo } from "../finding";
import type { Parts } from "../parts";
import { destroyRefused, required, rotatedKey } from "../proofs/required";

const eks = (own: Parts) => own.all("aws_eks_cluster");
const secretsKey = ["encryption_config", "provider", "key_arn"] as const;
const nodeGroups = (own: Parts) => own.all("aws_eks_node_group");
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const kind = (own: Parts) => own.all("kind_cluster");
const networking = ["kind_config", 0, "networking", 0] as const;

/** The Kubernetes cluster. */
export const cluster = defineCapability({
  name: "cluster",
  constructs: ["cluster/Cluster"],
  outputs: { cluster_name: "string", kubernetes_version: "string", pod_cidr: "string" },
  claims: {
    encryptionAtRest: {
      secretsEncrypted: { summary: "Kubernetes' secrets are encrypted under a key of the environment's own that changes by itself" },
      volumesEncrypted: { summary: "disks of the nodes are encrypted" },
    },
    authentication: { namedOnly: { summary: "nobody but those who are named administers it" } },
    highAvailability: { nodes: { summary: "general work goes on when a node is lost", unit: "nodes" } },
    isolation: {
      apiNarrow: { summary: "the API server is open to those who are named only" },
      policiesEnforced: { summary: "network policies count" },
    },
    monitoring: { logsKept: { summary: "logs of the control plane are kept", unit: "days" } },
    protection: { destroyRefused: { summary: "it is not destroyed by a slip" } },
  },
  exempt: {
    tlsInTransit: "Kubernetes' API speaks TLS and nothing else; there is nothing to switch",
    backup: "what is in the cluster is in Terraform; what is kept is in databases and buckets",
    pointInTime: "what is in the cluster is in Terraform; what is kept is in databases and buckets",
  },
  variants: [
    {
      name: "EKS",
      main: eks,
      proofs: {
        encryptionAtRest: {
          secretsEncrypted: (own, environment) =>
            eks(own).flatMap((one) => [
              must(one.at("encryption_config", "resources"), is(["secrets"])),
              must(one.at(...secretsKey), refersTo("aws_kms_key")),
              ...rotatedKey(one.at(...secretsKey), environment),
            ]),
          volumesEncrypted: (own) =>
            nodeGroups(own).map((group) =>
              must(own.follow(group.at("launch_template", "id")).at("block_device_mappings", 0, "ebs", "encrypted"), is("true")),
            ),
        },
        authentication: {
          namedOnly: (own) =>
            eks(own).flatMap((one) => [
              must(one.at("access_config", "authentication_mode"), is("API")),
              must(one.at("access_config", "bootstrap_cluster_creator_admin_permissions"), is(false)),
            ]),
        },
        highAvailability: {
          nodes: (own) =>
            own.named("aws_eks_node_group", "Group-general").map((group) => mustBeAtLeast(2, group.at("scaling_config", "min_size"))),
        },
        isolation: {
          apiNarrow: (own) =>
            eks(own).flatMap((one) => {
              const vpc = one.at("vpc_config");
              const isPrivate = vpc.at("endpoint_public_access").value === false;
              return [
                must(vpc.at("endpoint_public_access"), (open) => typeof open === "boolean"),
                must(vpc.at("public_access_cidrs"), isPrivate ? isAbsent : areNarrow),
              ];
            }),
          policiesEnforced: (own) =>
            eks(own).flatMap((one) =>
              required(one, own.named("aws_eks_addon", "vpc-cni"), "network plugin", (addon) => [
                must(addon.at("configuration_values").as("json").at("enableNetworkPolicy"), is("true")),
              ]),
            ),
        },
        monitoring: {
          logsKept: (own) => [
            ...eks(own).map((one) => must(one.at("enabled_cluster_log_types"), is(logTypes))),
            ...eks(own).flatMap((one) =>
              required(one, own.named("aws_cloudwatch_log_group", "LogGroup"), "log group", (group) => [
                mustBeAtLeast(1, group.at("retention_in_days")),
                must(group.at("kms_key_id"), refersTo("aws_kms_key")),
              ]),
            ),
          ],
        },
        protection: {
          destroyRefused: (own) => eks(own).flatMap((one) => [destroyRefused(one), must(one.at("deletion_protection"), is(true))]),
        },
      },
      facts: (own) => ({
        version: eks(own)[0]?.at("version").value,
        "API server": eks(own)[0]?.at("vpc_config", "endpoint_public_access").value === false ? "private" : "public",
        "node groups": nodeGroups(own).length,
        ...Object.fromEntries(
          nodeGroups(own).map((group) => [
            `node group ${String(group.at("labels", "evenkeel/node-group").value)}`,
            `${[group.at("instance_types").value].flat().join(", ")}, ${String(group.at("capacity_type").value)}, ${String(group.at("scaling_config", "min_size").value)} to ${String(group.at("scaling_config", "max_size").value)}`,
          ]),
        ),
      }),
    },
    {
      name: "Kind",
      main: kind,
      proofs: {
        encryptionAtRest: { secretsEncrypted: () => [], volumesEncrypted: () => [] },
        // Kind writes the only credentials into a file of the laptop's user; the API server listens on loopback.
        authentication: { namedOnly: (own) => kind(own).map((one) => must(one.at(...networking, "api_server_address"), is("127.0.0.1"))) },
        highAvailability: {
          nodes: (own) =>
            kind(own).map((one) => {
              const nodes = one.at("kind_config", 0, "node");
              const general = nodes.items().filter((node) => node.at("labels", "placement.evenkeel/general").value === "true");
              return { place: nodes, met: general.length >= 2, degree: general.length };
            }),
        },
        isolation: {
          apiNarrow: (own) => kind(own).map((one) => must(one.at(...networking, "api_server_address"), is("127.0.0.1"))),
          // kindnet has enforced them since Kind 0.24, unless its place is taken.
          policiesEnforced: (own) =>
            kind(own).flatMap((one) => [
              must(one.at(...networking, "disable_default_cni"), isAbsent),
              must(one.at(...networking, "pod_subnet"), matches(/\//)),
            ]),
        },
        monitoring: { logsKept: () => [] },
        protection: { destroyRefused: (own) => kind(own).map(destroyRefused) },
      },
      facts: (own) => ({ nodes: kind(own)[0]?.at("kind_config", 0, "node").items().length }),
    },
  ],
});

function areNarrow(blocks: unknown): boolean {
  return Array.isArray(blocks) && blocks.length > 0 && blocks.every((block) => /\/(1[6-9]|2\d|3[0-2])$/.test(String(block)));
}
