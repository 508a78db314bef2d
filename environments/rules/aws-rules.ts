import { acceleratorOf, architectureOf, isSupported } from "../../constructs/cluster/instance-types";
import { isPrivate, overlap } from "../../constructs/network/cidr";
import { awsNames, longestRolePurpose } from "../../constructs/shared/naming";
import type { AwsEnvironment } from "../environment";
import { nameProblems, placementProblems } from "./common-rules";
import { problem, repeated, type Rule } from "./rule";

const names: Rule<AwsEnvironment> = {
  reads: ["name", "project", "accountId", "images", "cluster.nodeGroups"],
  check: (environment) => {
    const composed = awsNames(environment);
    return nameProblems(environment, [
      { service: "S3 bucket", name: composed.stateBucket },
      { service: "S3 bucket", name: composed.stateLogBucket },
      { service: "KMS alias", name: composed.stateKeyAlias },
      { service: "EKS cluster", name: composed.cluster },
      { service: "CloudWatch log group", name: composed.clusterLogGroup },
      { service: "IAM role", name: composed.role(longestRolePurpose) },
      ...environment.cluster.nodeGroups.map((group) => ({ service: "EKS node group" as const, name: composed.nodeGroup(group.name) })),
      ...environment.images.map((image) => ({ service: "ECR repository" as const, name: composed.repository(image) })),
    ]);
  },
};

const zones: Rule<AwsEnvironment> = {
  reads: ["region", "zones"],
  check: (environment) => [
    ...environment.zones
      .filter((zone) => zone.slice(0, -1) !== environment.region)
      .map((zone) => problem(environment, "zones", zone, `a zone of ${environment.region}`, "change the zone or the region")),
    ...repeated(environment.zones).map((zone) => problem(environment, "zones", zone, "named once", "remove the repetition")),
  ],
};

const domain: Rule<AwsEnvironment> = {
  reads: ["domain", "hostedZone"],
  check: ({ domain: name, hostedZone, ...rest }) =>
    name === hostedZone.name || name.endsWith(`.${hostedZone.name}`)
      ? []
      : [
          problem(
            { domain: name, hostedZone, ...rest },
            "domain",
            name,
            `${hostedZone.name} or a name below it`,
            "change the domain or the hosted zone",
          ),
        ],
};

const addresses: Rule<AwsEnvironment> = {
  reads: ["network", "cluster.serviceCidr"],
  check: (environment) => {
    const { serviceCidr } = environment.cluster;
    return [
      ...(isPrivate(serviceCidr)
        ? []
        : [
            problem(
              environment,
              "cluster.serviceCidr",
              serviceCidr,
              "private address space (RFC 1918)",
              "choose a block of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
            ),
          ]),
      ...(overlap(serviceCidr, environment.network.cidr)
        ? [
            problem(
              environment,
              "cluster.serviceCidr",
              serviceCidr,
              `apart from the VPC's ${environment.network.cidr}`,
              "choose another block",
            ),
          ]
        : []),
    ];
  },
};

const reach: Rule<AwsEnvironment> = {
  reads: ["cluster.endpoint", "network"],
  check: (environment) => {
    const { endpoint } = environment.cluster;
    if (endpoint.access === "private" && endpoint.reach.by === "vpn") {
      return endpoint.reach.cidrs
        .filter((cidr) => overlap(cidr, environment.network.cidr))
        .map((cidr) =>
          problem(
            environment,
            "cluster.endpoint.reach.cidrs",
            cidr,
            `apart from the VPC's ${environment.network.cidr}`,
            "change the VPN's or the VPC's addresses",
          ),
        );
    }
    return [];
  },
};

const subnets: Rule<AwsEnvironment> = {
  reads: ["network", "zones"],
  check: (environment) => {
    const { network } = environment;
    if (network.vpc !== "existing") return [];
    const byTier = Object.entries(network.subnetIds);
    return [
      ...byTier
        .filter(([, ids]) => ids.length !== environment.zones.length)
        .map(([tier, ids]) =>
          problem(
            environment,
            `network.subnetIds.${tier}`,
            ids.length,
            `${environment.zones.length} subnets, one per zone`,
            "list one subnet for each zone, in the order of zones",
          ),
        ),
      ...repeated(byTier.flatMap(([, ids]) => ids)).map((id) =>
        problem(environment, "network.subnetIds", id, "a subnet used once", "give each tier subnets of its own"),
      ),
    ];
  },
};

const nodeGroups: Rule<AwsEnvironment> = {
  reads: ["cluster.nodeGroups"],
  check: (environment) => [
    ...placementProblems(environment, "cluster.nodeGroups", environment.cluster.nodeGroups),
    ...environment.cluster.nodeGroups.flatMap((group, index) => {
      const at = (field: string) => `cluster.nodeGroups.${index}.${field}`;
      return [
        ...(group.minNodes <= group.desiredNodes && group.desiredNodes <= group.maxNodes
          ? []
          : [
              problem(
                environment,
                at("desiredNodes"),
                group.desiredNodes,
                `between minNodes ${group.minNodes} and maxNodes ${group.maxNodes}`,
                "order the three numbers",
              ),
            ]),
        ...repeated(group.instanceTypes).map((type) =>
          problem(environment, at("instanceTypes"), type, "named once", "remove the repetition"),
        ),
        ...group.instanceTypes
          .filter((type) => !isSupported(type))
          .map((type) =>
            problem(
              environment,
              at("instanceTypes"),
              type,
              "a type that EKS has an AMI with drivers for",
              "choose a general, Graviton or NVIDIA type",
            ),
          ),
        ...(new Set(group.instanceTypes.map(architectureOf)).size > 1
          ? [
              problem(
                environment,
                at("instanceTypes"),
                group.instanceTypes,
                "of one architecture",
                "separate Graviton types (m7g) from x86 types (m7i): a group has one AMI",
              ),
            ]
          : []),
        ...(new Set(group.instanceTypes.map(acceleratorOf)).size > 1
          ? [
              problem(
                environment,
                at("instanceTypes"),
                group.instanceTypes,
                "all with or all without a GPU",
                "separate them: a group has one AMI",
              ),
            ]
          : []),
        ...(group.instanceTypes.some((type) => acceleratorOf(type) === "nvidia") && group.taints.length === 0
          ? [
              problem(
                environment,
                at("taints"),
                group.taints,
                "a taint on a group with GPUs",
                "add one, or every pod may land on the most expensive nodes",
              ),
            ]
          : []),
      ];
    }),
  ],
};

export const awsRules: readonly Rule<AwsEnvironment>[] = [names, zones, domain, addresses, reach, subnets, nodeGroups];
