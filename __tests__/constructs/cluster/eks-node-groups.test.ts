import { amiTypeOf } from "../../../constructs/cluster/eks-node-groups";
import { environments } from "../../../environments/index";
import { clusterOf } from "./eks-clusters";

const stack = clusterOf(environments.dev);
const inProd = clusterOf(environments.prod);

describe("EksNodeGroups", () => {
  it("start from templates that keep pods from the node's credentials and disks encrypted", () => {
    for (const template of [...stack.all("aws_launch_template"), ...inProd.all("aws_launch_template")]) {
      expect(template).toMatchObject({
        metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
        block_device_mappings: [
          { device_name: "/dev/xvda", ebs: { volume_type: "gp3", encrypted: "true", delete_on_termination: "true" } },
        ],
      });
    }
    expect(stack.one("aws_launch_template").block_device_mappings).toMatchObject([{ ebs: { volume_size: 50 } }]);
  });

  it("tag what the template starts: default tags stop at the template", () => {
    const specifications = stack.one("aws_launch_template").tag_specifications as readonly { resource_type: string; tags: object }[];
    expect(specifications.map(({ resource_type }) => resource_type)).toEqual(["instance", "volume", "network-interface"]);
    for (const { tags } of specifications) expect(tags).toMatchObject({ Environment: "dev", Name: "ml-platform-dev-general" });
  });

  it("follow the template's latest version, in private subnets, and leave their size to the autoscaler", () => {
    const template = stack.address("aws_launch_template");
    expect(stack.one("aws_eks_node_group")).toMatchObject({
      launch_template: { id: `\${${template}.id}`, version: `\${${template}.latest_version}` },
      lifecycle: { create_before_destroy: true, ignore_changes: ["scaling_config[0].desired_size"] },
      node_group_name_prefix: "general-", // the new group stands beside the old one, until pods have moved
      scaling_config: { min_size: 0, desired_size: 3, max_size: 6 }, // 0: switched off out of hours
      subnet_ids: ["subnet-2", "subnet-3"],
      version: `\${${stack.address("aws_eks_cluster")}.version}`, // after the control plane
      capacity_type: "SPOT",
    });
  });

  it("have what their role needs before they start, and no more than joining and pulling", () => {
    const attachments = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"].map((policy) =>
      stack.address("aws_iam_role_policy_attachment", `Cluster_NodeGroups_Role_${policy}_`),
    );
    expect(stack.one("aws_eks_node_group").depends_on).toEqual(expect.arrayContaining(attachments));
    expect(stack.all("aws_iam_role_policy_attachment", "Cluster_NodeGroups_")).toHaveLength(2);
  });

  it("keep the taints of GPU nodes, in the spelling of EKS", () => {
    expect(inProd.one("aws_eks_node_group", "Cluster_NodeGroups_Group-training_")).toMatchObject({
      taint: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
      ami_type: "AL2023_x86_64_NVIDIA",
      labels: { accelerator: "nvidia" },
    });
    expect(inProd.one("aws_eks_node_group", "Cluster_NodeGroups_Group-general_").taint).toEqual([]);
  });

  it.each([
    ["m7g.large", "AL2023_ARM_64_STANDARD"],
    ["c8gn.xlarge", "AL2023_ARM_64_STANDARD"],
    ["m7i.large", "AL2023_x86_64_STANDARD"],
    ["r6a.large", "AL2023_x86_64_STANDARD"],
    ["g5.2xlarge", "AL2023_x86_64_NVIDIA"],
    ["p5.48xlarge", "AL2023_x86_64_NVIDIA"],
    ["g5g.xlarge", "AL2023_ARM_64_NVIDIA"],
  ])("run %s on %s", (instanceType, ami) => {
    expect(amiTypeOf({ instanceTypes: [instanceType] })).toBe(ami);
  });
});
