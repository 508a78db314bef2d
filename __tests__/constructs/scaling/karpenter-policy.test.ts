import { environments } from "../../../environments/index";
import { statement, statementsOf, type Statement } from "../../synthesized";
import { karpenterOf } from "./karpenter-stack";

const { policy } = karpenterOf(environments.dev).one("aws_iam_role_policy");
const clusterTag = "kubernetes.io/cluster/ml-platform-dev";
const actionsOf = ({ Action }: Statement) => [Action].flat();

describe("what Karpenter may do", () => {
  it("fits into a role: IAM takes 10,240 characters of inline policies, white space aside", () => {
    expect(String(policy).replace(/\s/g, "").length).toBeLessThan(10_240);
  });

  it("hands on the role of the nodes, to EC2, and no other", () => {
    expect(statementsOf(policy).filter((each) => actionsOf(each).includes("iam:PassRole"))).toEqual([
      {
        Sid: "PassNodeRole",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "arn:aws:iam::000000000001:role/ml-platform-dev-node",
        Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
      },
    ]);
  });

  it.each(["StartFromOwnTemplates", "NameOwnInstances", "EndOwnInstances", "TagOwnProfiles", "ChangeOwnProfiles"])(
    "touches only what has the cluster's tag: %s",
    (sid) => {
      expect(statement(policy, sid).Condition?.StringEquals).toMatchObject({ [`aws:ResourceTag/${clusterTag}`]: "owned" });
    },
  );

  it.each(["StartWithTags", "TagWhatIsMade", "CreateProfiles", "TagOwnProfiles"])("makes nothing without the cluster's tag: %s", (sid) => {
    expect(statement(policy, sid).Condition?.StringEquals).toMatchObject({
      [`aws:RequestTag/${clusterTag}`]: "owned",
      "aws:RequestTag/eks:eks-cluster-name": "ml-platform-dev",
    });
  });

  it("starts instances in the nodes' subnets and security group", () => {
    expect(statement(policy, "StartFromOurParts").Resource).toEqual([
      "arn:aws:ec2:eu-central-1::image/*",
      "arn:aws:ec2:eu-central-1::snapshot/*",
      "arn:aws:ec2:eu-central-1:*:security-group/sg-0123456789abcdef0",
      "arn:aws:ec2:eu-central-1:*:subnet/subnet-00000000000000001",
      "arn:aws:ec2:eu-central-1:*:subnet/subnet-00000000000000002",
    ]);
  });

  it("changes nothing that is not tied to a tag or a resource", () => {
    const open = statementsOf(policy).filter(({ Resource }) => Resource === "*");
    expect(open.flatMap(actionsOf).filter((action) => !/^(ec2:Describe|pricing:Get|iam:List)/.test(action))).toEqual([]);
    const writing = statementsOf(policy).filter((each) => actionsOf(each).some((action) => !/:(Describe|Get|List|Receive)/.test(action)));
    const untied = writing.filter(({ Condition }) => Condition === undefined).map(({ Sid }) => Sid);
    expect(untied).toEqual(["StartFromOurParts", "ReadInterruptions"]); // these name their resources
  });

  it("reads its own queue", () => {
    expect(statement(policy, "ReadInterruptions").Resource).toMatch(/^\$\{aws_sqs_queue\.NodeScaling_Queue_\w+\.arn\}$/);
  });
});
