import { leftOutProblems, type LeftOut } from "../../../rehearsal/real-providers/left-out";

const provider = "registry.terraform.io/hashicorp/aws 5.0.0";

const entry: LeftOut = {
  type: "aws_eks_cluster",
  argument: "deletion_protection",
  reason: "younger than 5.0.0",
  expected: { "dev-cluster": false, "prod-cluster": true },
};
const inDev = { type: "aws_eks_cluster", argument: "deletion_protection", value: false, stack: "dev-cluster" };
const inProd = { ...inDev, value: true, stack: "prod-cluster" };

describe("leftOutProblems", () => {
  it("finds none where the list says what was left out, and the values are the expected ones", () => {
    expect(leftOutProblems([inDev, inProd], [entry], provider)).toEqual([]);
    expect(leftOutProblems([], [], provider)).toEqual([]);
  });

  it("fails when an argument is left out that the list does not have", () => {
    const [problem, ...others] = leftOutProblems(
      [inDev, inProd, { ...inDev, argument: "vpc_config.mode", value: "new" }],
      [entry],
      provider,
    );
    expect(others).toEqual([]);
    expect(problem).toContain(`aws_eks_cluster.vpc_config.mode in dev-cluster is not known to ${provider}`);
    expect(problem).toContain(
      "add it to rehearsal/real-providers/left-out-arguments.json with the reason and the value expected in each stack",
    );
    expect(problem).toContain('here "new"');
  });

  it("fails when the same argument of another type is left out", () => {
    expect(leftOutProblems([inDev, inProd, { ...inDev, type: "aws_db_instance" }], [entry], provider)).toHaveLength(1);
  });

  it("fails when an entry is no longer needed", () => {
    expect(leftOutProblems([], [entry], provider)).toEqual([
      `aws_eks_cluster.deletion_protection is listed for ${provider}, but nothing was left out; remove it from rehearsal/real-providers/left-out-arguments.json`,
    ]);
  });

  it.each([
    [
      "is not the expected one",
      [inDev, { ...inProd, value: false }],
      "prod-cluster: aws_eks_cluster.deletion_protection is false, must be true",
    ],
    ["vanishes from a stack", [inDev], "prod-cluster: aws_eks_cluster.deletion_protection is missing, must be true"],
    [
      "is in a stack without an expected value",
      [inDev, inProd, { ...inProd, stack: "new-cluster" }],
      "new-cluster: aws_eks_cluster.deletion_protection is true, must be listed",
    ],
    [
      "differs between two resources of a stack",
      [inDev, inProd, { ...inProd, value: false }],
      "prod-cluster: aws_eks_cluster.deletion_protection is false, must be true",
    ],
  ])("fails when a value %s", (_, found, problem) => {
    expect(leftOutProblems(found, [entry], provider)).toEqual([
      `${problem}; correct the stack, or what rehearsal/real-providers/left-out-arguments.json expects`,
    ]);
  });
});
