import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import { amiTypeOf } from "../../../constructs/cluster/eks-node-groups";
import { ExistingVpc } from "../../../constructs/network/existing-vpc";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { itHonoursCluster, type SynthesizedNodes } from "../../contracts/cluster";
import { statement, synthesizedStack, type SynthesizedStack } from "../../synthesized";

const { dev, staging, prod } = environments;

/** Kubernetes' spelling of the taint effects of EKS. */
const taintEffects = { NO_SCHEDULE: "NoSchedule", PREFER_NO_SCHEDULE: "PreferNoSchedule", NO_EXECUTE: "NoExecute" } as const;

/** A network that adds nothing to the stack. */
const network = {
  vpc: "existing",
  vpcId: "vpc-0123456789abcdef0",
  cidr: "10.40.0.0/16",
  subnetIds: { public: ["subnet-1"], private: ["subnet-2", "subnet-3"], data: ["subnet-4"], intra: ["subnet-5", "subnet-6"] },
} as const;

for (const environment of [dev, prod]) {
  itHonoursCluster(
    "EksCluster",
    environment,
    (scope, id) => new EksCluster(scope, id, { environment, network: new ExistingVpc(scope, `${id}Network`, environment, network) }),
    (stack) => stack.all("aws_eks_node_group").map(nodesOf),
  );
}

describe("EksCluster", () => {
  const stack = clusterOf(dev);
  const inProd = clusterOf(prod);

  it("consists of", () => {
    expect(stack.inventory).toEqual([
      "aws_cloudwatch_log_group", // control plane
      "aws_eks_access_entry", // admin
      "aws_eks_access_entry", // viewer
      "aws_eks_access_policy_association", // admin
      "aws_eks_access_policy_association", // viewer
      "aws_eks_addon", // aws-ebs-csi-driver
      "aws_eks_addon", // coredns
      "aws_eks_addon", // eks-pod-identity-agent
      "aws_eks_addon", // kube-proxy
      "aws_eks_addon", // vpc-cni
      "aws_eks_cluster",
      "aws_eks_node_group", // general
      "aws_iam_openid_connect_provider", // for IRSA
      "aws_iam_role", // control plane
      "aws_iam_role", // nodes
      "aws_iam_role", // vpc-cni
      "aws_iam_role", // aws-ebs-csi-driver
      "aws_iam_role_policy_attachment", // control plane
      "aws_iam_role_policy_attachment", // nodes: join the cluster
      "aws_iam_role_policy_attachment", // nodes: pull images
      "aws_iam_role_policy_attachment", // vpc-cni
      "aws_iam_role_policy_attachment", // aws-ebs-csi-driver
      "aws_kms_alias", // control plane logs
      "aws_kms_alias", // secrets
      "aws_kms_key",
      "aws_kms_key",
      "aws_launch_template", // general
    ]);
  });

  describe("control plane", () => {
    const cluster = stack.one("aws_eks_cluster");

    it("knows access entries only, and none for whoever made it", () => {
      expect(cluster.access_config).toEqual({ authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false });
      expect(stack.all("aws_eks_access_entry")).toMatchObject([
        { principal_arn: "arn:aws:iam::000000000001:role/platform-admin", kubernetes_groups: ["evenkeel:admins"], type: "STANDARD" },
        { principal_arn: "arn:aws:iam::000000000001:role/platform-viewer", kubernetes_groups: ["evenkeel:viewers"], type: "STANDARD" },
      ]);
      expect(stack.all("aws_eks_access_policy_association")).toMatchObject([
        { policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", access_scope: { type: "cluster" } },
        { policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", access_scope: { type: "cluster" } },
      ]);
    });

    it("is public to listed blocks only, and always private", () => {
      expect(cluster.vpc_config).toEqual({
        subnet_ids: ["subnet-5", "subnet-6"],
        endpoint_private_access: true,
        endpoint_public_access: true,
        public_access_cidrs: ["203.0.113.0/24"],
      });
      expect(stack.all("aws_vpc_security_group_ingress_rule")).toEqual([]);
    });

    it("is private, and open to the VPN", () => {
      expect(inProd.one("aws_eks_cluster").vpc_config).toEqual({
        subnet_ids: ["subnet-5", "subnet-6"],
        endpoint_private_access: true,
        endpoint_public_access: false,
      });
      expect(inProd.all("aws_vpc_security_group_ingress_rule")).toMatchObject([
        {
          security_group_id: `\${${inProd.address("aws_eks_cluster")}.vpc_config[0].cluster_security_group_id}`,
          cidr_ipv4: "10.250.0.0/16",
          from_port: 443,
          to_port: 443,
        },
      ]);
    });

    it("is reached through a tunnel by its local end, with the name of the certificate", () => {
      const reach = { by: "tunnel", address: "localhost:8443", tlsServerName: "ABC123.gr7.eu-central-1.eks.amazonaws.com" } as const;
      const environment = { ...prod, cluster: { ...prod.cluster, endpoint: { access: "private", reach } } } as const;
      const tunnelled = synthesizedStack(environment, "cluster", (scope) => {
        const { access } = new EksCluster(scope, "Cluster", {
          environment,
          network: new ExistingVpc(scope, "Network", environment, network),
        });
        expect(access).toMatchObject({ endpoint: "https://localhost:8443", tlsServerName: reach.tlsServerName });
      });
      expect(tunnelled.all("aws_vpc_security_group_ingress_rule")).toEqual([]);
      expect(tunnelled.one("aws_eks_cluster").vpc_config).toMatchObject({ endpoint_public_access: false });
    });

    it("encrypts secrets under a key of its own", () => {
      expect(cluster.encryption_config).toEqual({
        provider: { key_arn: `\${${stack.address("aws_kms_key", "Cluster_SecretsKey_")}.arn}` },
        resources: ["secrets"],
      });
    });

    it("logs everything, to a group that is there first, encrypted and with an end", () => {
      expect(cluster.enabled_cluster_log_types).toEqual(["api", "audit", "authenticator", "controllerManager", "scheduler"]);
      expect(cluster.depends_on).toContain(stack.address("aws_cloudwatch_log_group"));
      expect(stack.one("aws_cloudwatch_log_group")).toMatchObject({
        name: "/aws/eks/ml-platform-dev/cluster", // EKS writes to this one and no other
        retention_in_days: 30,
        kms_key_id: `\${${stack.address("aws_kms_key", "Cluster_LogKey_")}.arn}`,
      });
      expect(cluster.name).toBe("ml-platform-dev");
    });

    it("has the rights of its role before it starts", () => {
      expect(cluster.depends_on).toContain(stack.address("aws_iam_role_policy_attachment", "Cluster_Role_"));
    });

    it("never slips into extended support, and leaves add-ons to us", () => {
      expect(cluster).toMatchObject({ upgrade_policy: { support_type: "STANDARD" }, bootstrap_self_managed_addons: false });
      expect(cluster.version).toBe("1.35");
    });

    it("is protected unless the environment is disposable", () => {
      expect(cluster).toMatchObject({ deletion_protection: false, lifecycle: { prevent_destroy: false } });
      expect(inProd.one("aws_eks_cluster")).toMatchObject({ deletion_protection: true, lifecycle: { prevent_destroy: true } });
      for (const key of inProd.all("aws_kms_key")) expect(key).toMatchObject({ lifecycle: { prevent_destroy: true } });
    });

    it("has an OIDC provider, so that IRSA is possible beside Pod Identity", () => {
      expect(stack.one("aws_iam_openid_connect_provider")).toMatchObject({
        url: `\${${stack.address("aws_eks_cluster")}.identity[0].oidc[0].issuer}`,
        client_id_list: ["sts.amazonaws.com"],
      });
    });
  });

  describe("add-ons", () => {
    const addons = stack.all("aws_eks_addon");
    const dependsOn = (name: string) => (addons.find(({ addon_name }) => addon_name === name)?.depends_on ?? []) as readonly string[];
    const addressOf = (name: string) =>
      `aws_eks_addon.${stack.resources.find(({ type, values }) => type === "aws_eks_addon" && values.addon_name === name)?.name}`;

    it("come with versions of their own choice", () => {
      for (const addon of addons) expect(addon.addon_version).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
      // kube-proxy has the minor version of the cluster.
      expect(addons.find(({ addon_name }) => addon_name === "kube-proxy")?.addon_version).toMatch(/^v1\.35\./);
    });

    it("have the network up before nodes, and what is no DaemonSet after them", () => {
      const group = stack.address("aws_eks_node_group");
      for (const name of ["eks-pod-identity-agent", "vpc-cni", "kube-proxy"]) {
        expect(stack.one("aws_eks_node_group").depends_on).toContain(addressOf(name));
        expect(dependsOn(name)).not.toContain(group);
      }
      for (const name of ["coredns", "aws-ebs-csi-driver"]) expect(dependsOn(name)).toContain(group);
    });

    it("wait for every node group", () => {
      const groups = inProd.resources.filter(({ type }) => type === "aws_eks_node_group").map(({ type, name }) => `${type}.${name}`);
      expect(groups).toHaveLength(4);
      expect(inProd.all("aws_eks_addon").find(({ addon_name }) => addon_name === "coredns")?.depends_on).toEqual(
        expect.arrayContaining(groups),
      );
    });

    it("let NetworkPolicies count", () => {
      expect(configurationOf("vpc-cni")).toEqual({ enableNetworkPolicy: "true" });
    });

    it("tag the volumes that pods ask for", () => {
      expect(configurationOf("aws-ebs-csi-driver")).toEqual({
        controller: {
          extraVolumeTags: {
            Project: "ml-platform",
            Environment: "dev",
            Owner: "platform-team",
            CostCenter: "engineering",
            ManagedBy: "evenkeel",
          },
        },
      });
    });

    it.each([
      ["vpc-cni", "aws-node", "ml-platform-dev-vpc-cni", "AmazonEKS_CNI_Policy"],
      ["aws-ebs-csi-driver", "ebs-csi-controller-sa", "ml-platform-dev-ebs-csi-driver", "service-role/AmazonEBSCSIDriverPolicy"],
    ])("give %s a role that only its service account in this cluster assumes", (name, serviceAccount, roleName, policy) => {
      const role = stack.resources.find(({ type, values }) => type === "aws_iam_role" && values.name === roleName);
      const addon = addons.find(({ addon_name }) => addon_name === name);

      expect(addon?.pod_identity_association).toEqual([
        { role_arn: `\${aws_iam_role.${role?.name}.arn}`, service_account: serviceAccount },
      ]);
      expect(statement(role?.values.assume_role_policy, "Trust")).toEqual({
        Sid: "Trust",
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": "000000000001",
            "aws:RequestTag/kubernetes-namespace": "kube-system",
            "aws:RequestTag/kubernetes-service-account": serviceAccount,
          },
          ArnEquals: { "aws:SourceArn": `\${${stack.address("aws_eks_cluster")}.arn}` },
        },
      });
      const attached = stack
        .all("aws_iam_role_policy_attachment")
        .filter((attachment) => attachment.role === `\${aws_iam_role.${role?.name}.name}`);
      expect(attached.map(({ policy_arn }) => policy_arn)).toEqual([`arn:aws:iam::aws:policy/${policy}`]);
    });

    function configurationOf(name: string): unknown {
      return JSON.parse(String(addons.find(({ addon_name }) => addon_name === name)?.configuration_values));
    }
  });

  describe("node groups", () => {
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
        lifecycle: { ignore_changes: ["scaling_config[0].desired_size"] },
        scaling_config: { min_size: 1, desired_size: 2, max_size: 6 },
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

  it("fails when a principal is an admin twice", () => {
    const admins = ["role/platform-admin", "role/platform-admin"];
    expect(() => clusterOf({ ...staging, cluster: { ...staging.cluster, admins } })).toThrow(/'Entry-role--platform-admin'/);
  });
});

function clusterOf(environment: AwsEnvironment): SynthesizedStack {
  return synthesizedStack(environment, "cluster", (scope) => {
    new EksCluster(scope, "Cluster", { environment, network: new ExistingVpc(scope, "Network", environment, network) });
  });
}

function nodesOf(group: Readonly<Record<string, unknown>>): SynthesizedNodes {
  const taints = group.taint as readonly { key: string; value: string; effect: keyof typeof taintEffects }[];
  return {
    labels: group.labels as Record<string, string>,
    taints: taints.map(({ key, value, effect }) => ({ key, value, effect: taintEffects[effect] })),
  };
}
