import { partitionOf } from "../../environments/aws-regions";
import type { PolicyStatement } from "../identity/policy-document";
import type { OverflowSetting } from "./overflow";

/** What Karpenter makes in EC2; it may tag these while it makes them. */
const made = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"] as const;

/**
 * What Karpenter may do: its published policy for version 1.14, narrowed to this cluster's subnets, security group and node
 * role. What it made is known by the cluster's tag; it neither changes nor ends anything without it.
 * @param queueArn of the interruption queue
 */
export function karpenterStatements(setting: OverflowSetting, queueArn: string): readonly PolicyStatement[] {
  return [...instances(setting), ...instanceProfiles(setting), ...lookups(setting, queueArn)];
}

/** Conditions that tie a request, or a resource, to the cluster. */
function tagsOfCluster({ cluster: { clusterName } }: OverflowSetting) {
  const key = `kubernetes.io/cluster/${clusterName}`;
  return {
    requested: { [`aws:RequestTag/${key}`]: "owned", "aws:RequestTag/eks:eks-cluster-name": clusterName },
    present: { [`aws:ResourceTag/${key}`]: "owned" },
  };
}

function instances(setting: OverflowSetting): readonly PolicyStatement[] {
  const { cluster, environment, network } = setting;
  const { region, accountId } = environment;
  const { requested, present } = tagsOfCluster(setting);
  const ec2 = (kind: string, owner: string = accountId) => `arn:${partitionOf(region)}:ec2:${region}:${owner}:${kind}`;
  const start = ["ec2:RunInstances", "ec2:CreateFleet"];
  const ofPool = { "aws:ResourceTag/karpenter.sh/nodepool": "*" };
  const forPool = { "aws:RequestTag/karpenter.sh/nodepool": "*" };
  return [
    {
      Sid: "StartFromOurParts",
      Effect: "Allow",
      Action: start,
      Resource: [
        ec2("image/*", ""),
        ec2("snapshot/*", ""),
        ec2(`security-group/${cluster.securityGroupId}`, "*"), // these two may be another account's, in a VPC that is shared
        ...network.subnetIds.private.map((subnet) => ec2(`subnet/${subnet}`, "*")),
      ],
    },
    {
      Sid: "StartFromOwnTemplates",
      Effect: "Allow",
      Action: start,
      Resource: ec2("launch-template/*"),
      Condition: { StringEquals: present, StringLike: ofPool },
    },
    {
      Sid: "StartWithTags",
      Effect: "Allow",
      Action: [...start, "ec2:CreateLaunchTemplate"],
      Resource: made.map((kind) => ec2(`${kind}/*`)),
      Condition: { StringEquals: requested, StringLike: forPool },
    },
    {
      Sid: "TagWhatIsMade",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: made.map((kind) => ec2(`${kind}/*`)),
      Condition: {
        StringEquals: { ...requested, "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] },
        StringLike: forPool,
      },
    },
    {
      Sid: "NameOwnInstances",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: ec2("instance/*"),
      Condition: {
        StringEquals: present,
        StringLike: ofPool,
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": cluster.clusterName },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
      },
    },
    {
      Sid: "EndOwnInstances",
      Effect: "Allow",
      Action: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      Resource: [ec2("instance/*"), ec2("launch-template/*")],
      Condition: { StringEquals: present, StringLike: ofPool },
    },
  ];
}

/** Instances take their role by a profile, which Karpenter makes for each class of nodes. */
function instanceProfiles(setting: OverflowSetting): readonly PolicyStatement[] {
  const { cluster, environment } = setting;
  const { region, accountId } = environment;
  const { requested, present } = tagsOfCluster(setting);
  const profiles = `arn:${partitionOf(region)}:iam::${accountId}:instance-profile/*`;
  const presentHere = { ...present, "aws:ResourceTag/topology.kubernetes.io/region": region };
  const requestedHere = { ...requested, "aws:RequestTag/topology.kubernetes.io/region": region };
  const ofClass = { "aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass": "*" };
  const forClass = { "aws:RequestTag/karpenter.k8s.aws/ec2nodeclass": "*" };
  return [
    {
      Sid: "PassNodeRole",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: cluster.nodeRoleArn,
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    {
      Sid: "CreateProfiles",
      Effect: "Allow",
      Action: "iam:CreateInstanceProfile",
      Resource: profiles,
      Condition: { StringEquals: requestedHere, StringLike: forClass },
    },
    {
      Sid: "TagOwnProfiles",
      Effect: "Allow",
      Action: "iam:TagInstanceProfile",
      Resource: profiles,
      Condition: { StringEquals: { ...presentHere, ...requestedHere }, StringLike: { ...ofClass, ...forClass } },
    },
    {
      Sid: "ChangeOwnProfiles",
      Effect: "Allow",
      Action: ["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile"],
      Resource: profiles,
      Condition: { StringEquals: presentHere, StringLike: ofClass },
    },
    { Sid: "ReadProfiles", Effect: "Allow", Action: "iam:GetInstanceProfile", Resource: profiles },
    { Sid: "ListProfiles", Effect: "Allow", Action: "iam:ListInstanceProfiles", Resource: "*" },
  ];
}

function lookups({ cluster, environment: { region } }: OverflowSetting, queueArn: string): readonly PolicyStatement[] {
  return [
    {
      Sid: "LookUpInRegion",
      Effect: "Allow",
      Action: [
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeImages",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribePlacementGroups",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      Sid: "LookUpImages",
      Effect: "Allow",
      Action: "ssm:GetParameter",
      Resource: `arn:${partitionOf(region)}:ssm:${region}::parameter/aws/service/*`,
    },
    { Sid: "LookUpPrices", Effect: "Allow", Action: "pricing:GetProducts", Resource: "*" },
    { Sid: "LookUpCluster", Effect: "Allow", Action: "eks:DescribeCluster", Resource: cluster.clusterArn },
    {
      Sid: "ReadInterruptions",
      Effect: "Allow",
      Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      Resource: queueArn,
    },
  ];
}
