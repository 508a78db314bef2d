import type { EksCluster as EksClusterResource } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Token, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../environments/aws-regions";
import type { AwsEnvironment } from "../../environments/environment";
import { ServiceRole } from "../identity/service-role";
import { awsNames } from "../shared/naming";
import { tagsOf } from "../shared/tags";
import { acceleratorOf, architectureOf } from "./instance-types";
import { nodeLabels } from "./scheduling";

export interface EksNodeGroupsProps {
  readonly environment: AwsEnvironment;
  readonly cluster: EksClusterResource;
  /** Subnets of the nodes. */
  readonly subnetIds: readonly string[];
  /** What nodes need to become ready. */
  readonly dependsOn: readonly ITerraformDependable[];
}

type Group = AwsEnvironment["cluster"]["nodeGroups"][number];

/** Kubernetes' names of taint effects in EKS' spelling. */
const taintEffects = { NoSchedule: "NO_SCHEDULE", PreferNoSchedule: "PREFER_NO_SCHEDULE", NoExecute: "NO_EXECUTE" } as const;

/** The environment's managed node groups, with one role. */
export class EksNodeGroups extends Construct {
  readonly role: ServiceRole;
  /** Escape hatch. */
  readonly resources: readonly EksNodeGroup[];

  constructor(scope: Construct, id: string, props: EksNodeGroupsProps) {
    super(scope, id);
    const { environment } = props;
    const policies = `arn:${partitionOf(environment.region)}:iam::aws:policy`;
    // No right of a node reaches a pod: the metadata service is one hop away from nodes only, and add-ons have roles of their own.
    this.role = new ServiceRole(this, "Role", {
      roleName: awsNames(environment).role("node"),
      service: "ec2.amazonaws.com",
      managedPolicyArns: [`${policies}/AmazonEKSWorkerNodePolicy`, `${policies}/AmazonEC2ContainerRegistryPullOnly`],
    });
    this.resources = environment.cluster.nodeGroups.map((group) => this.createGroup(props, group));
  }

  private createGroup(props: EksNodeGroupsProps, group: Group): EksNodeGroup {
    const { environment, cluster } = props;
    const template = this.createTemplate(environment, group);
    return new EksNodeGroup(this, `Group-${group.name}`, {
      clusterName: cluster.name,
      nodeGroupNamePrefix: `${group.name}-`, // a new group can stand beside the one that it replaces
      nodeRoleArn: this.role.arn,
      subnetIds: [...props.subnetIds],
      version: cluster.version,
      amiType: amiTypeOf(group),
      capacityType: group.capacity === "spot" ? "SPOT" : "ON_DEMAND",
      instanceTypes: [...group.instanceTypes],
      labels: nodeLabels(group),
      taint: group.taints.map(({ key, value, effect }) => ({ key, value, effect: taintEffects[effect] })),
      scalingConfig: { minSize: group.minNodes, desiredSize: group.desiredNodes, maxSize: group.maxNodes },
      updateConfig: { maxUnavailablePercentage: 33 }, // a third at a time, as in a deployment with three replicas
      nodeRepairConfig: { enabled: true },
      launchTemplate: { id: template.id, version: Token.asString(template.latestVersion) },
      lifecycle: {
        // Another instance type is another group to EKS: pods move over before the old nodes go.
        createBeforeDestroy: true,
        // Once a group exists its size belongs to whoever operates it, off-hours among them.
        ignoreChanges: ["scaling_config[0].desired_size"],
      },
      dependsOn: [...props.dependsOn, ...this.role.attachments],
    });
  }

  private createTemplate(environment: AwsEnvironment, group: Group): LaunchTemplate {
    const name = awsNames(environment).launchTemplate(group.name);
    return new LaunchTemplate(this, `Template-${group.name}`, {
      name,
      updateDefaultVersion: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda", // root device of Amazon Linux
          ebs: { volumeSize: group.diskGib, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      monitoring: { enabled: environment.monitoring },
      // The provider's default tags stop at the template; what it starts is tagged here.
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: { ...tagsOf(environment), Name: name },
      })),
    });
  }
}

/** AMI of a group: it follows from the instance types, which are all of one kind. */
export function amiTypeOf(group: Pick<Group, "instanceTypes">): string {
  const [instanceType = ""] = group.instanceTypes;
  const architecture = architectureOf(instanceType) === "arm64" ? "ARM_64" : "x86_64";
  return `AL2023_${architecture}_${acceleratorOf(instanceType) === "nvidia" ? "NVIDIA" : "STANDARD"}`;
}
