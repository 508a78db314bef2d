import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import { ExistingVpc } from "../../../constructs/network/existing-vpc";
import { environments } from "../../../environments/index";
import { itHonoursCluster, type SynthesizedNodes } from "../../contracts/cluster";
import { synthesizedStack } from "../../synthesized";
import { clusterOf, network } from "./eks-clusters";

const { dev, staging, prod } = environments;

/** Kubernetes' spelling of the taint effects of EKS. */
const taintEffects = { NO_SCHEDULE: "NoSchedule", PREFER_NO_SCHEDULE: "PreferNoSchedule", NO_EXECUTE: "NoExecute" } as const;

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
        security_group_ids: [`\${${inProd.address("aws_security_group", "Cluster_ApiAccess")}.id}`],
      });
      expect(inProd.all("aws_vpc_security_group_ingress_rule")).toMatchObject([
        {
          security_group_id: `\${${inProd.address("aws_security_group", "Cluster_ApiAccess")}.id}`, // not the cluster's, which nodes have, too
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
      const group = `\${${tunnelled.address("aws_security_group")}.id}`;
      expect(tunnelled.one("aws_vpc_security_group_ingress_rule")).toMatchObject({
        cidr_ipv4: network.cidr,
        from_port: 443,
        to_port: 443,
        security_group_id: group,
      });
      expect(tunnelled.one("aws_eks_cluster").vpc_config).toMatchObject({ endpoint_public_access: false, security_group_ids: [group] });
    });

    it("lets nodes use a zone that is added, though EKS never moves the control plane", () => {
      expect(cluster.lifecycle).toMatchObject({ ignore_changes: ["vpc_config[0].subnet_ids"] });
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

  it("fails when a principal is an admin twice", () => {
    const admins = ["role/platform-admin", "role/platform-admin"];
    expect(() => clusterOf({ ...staging, cluster: { ...staging.cluster, admins } })).toThrow(/'Entry-role--platform-admin'/);
  });
});

function nodesOf(group: Readonly<Record<string, unknown>>): SynthesizedNodes {
  const taints = group.taint as readonly { key: string; value: string; effect: keyof typeof taintEffects }[];
  return {
    labels: group.labels as Record<string, string>,
    taints: taints.map(({ key, value, effect }) => ({ key, value, effect: taintEffects[effect] })),
  };
}
