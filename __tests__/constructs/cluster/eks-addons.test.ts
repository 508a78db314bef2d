import { environments } from "../../../environments/index";
import { statement } from "../../synthesized";
import { clusterOf } from "./eks-clusters";

const stack = clusterOf(environments.dev);
const inProd = clusterOf(environments.prod);

describe("EksAddons", () => {
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
    ["aws-ebs-csi-driver", "ebs-csi-controller-sa", "ml-platform-dev-ebs-csi-driver", "AmazonEBSCSIDriverEKSClusterScopedPolicy"],
  ])("give %s a role that only its service account in this cluster assumes", (name, serviceAccount, roleName, policy) => {
    const role = stack.resources.find(({ type, values }) => type === "aws_iam_role" && values.name === roleName);
    const addon = addons.find(({ addon_name }) => addon_name === name);

    expect(addon?.pod_identity_association).toEqual([{ role_arn: `\${aws_iam_role.${role?.name}.arn}`, service_account: serviceAccount }]);
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
