import { acceleratorOf, architectureOf, isSupported } from "../../constructs/cluster/instance-types";
import type { Problem } from "../../constructs/shared/errors";
import type { AwsEnvironment } from "../environment";
import type { EksNodeGroup } from "../node-groups";
import { nodeGroupProblems } from "./node-group-rules";
import { problem, repetitions, type Rule } from "./rule";

/** What the managed node groups must satisfy. */
export const eksNodeGroups: Rule<AwsEnvironment> = {
  reads: ["cluster.nodeGroups"],
  check: (environment) => [
    ...nodeGroupProblems(environment, "cluster.nodeGroups", environment.cluster.nodeGroups),
    ...environment.cluster.nodeGroups.flatMap((group, index) => [
      ...sizeProblems(environment, `cluster.nodeGroups.${index}`, group),
      ...instanceTypeProblems(environment, `cluster.nodeGroups.${index}`, group),
    ]),
  ],
};

type Group = Pick<AwsEnvironment["cluster"]["nodeGroups"][number], keyof EksNodeGroup>;

function sizeProblems(environment: AwsEnvironment, at: string, { minNodes, desiredNodes, maxNodes }: Group): readonly Problem[] {
  if (minNodes > maxNodes) {
    return [problem(environment, `${at}.minNodes`, minNodes, `at most maxNodes, which is ${maxNodes}`, "lower it or raise maxNodes")];
  }
  return minNodes <= desiredNodes && desiredNodes <= maxNodes
    ? []
    : [problem(environment, `${at}.desiredNodes`, desiredNodes, `from minNodes ${minNodes} to maxNodes ${maxNodes}`, "change one of them")];
}

function instanceTypeProblems(environment: AwsEnvironment, at: string, { instanceTypes, taints }: Group): readonly Problem[] {
  const field = `${at}.instanceTypes`;
  const gpu = instanceTypes.some((type) => acceleratorOf(type) === "nvidia");
  return [
    ...repetitions(environment, field, instanceTypes),
    ...instanceTypes
      .map((type, index) => ({ type, index }))
      .filter(({ type }) => !isSupported(type))
      .map(({ type, index }) =>
        problem(
          environment,
          `${field}.${index}`,
          type,
          "a type that EKS has an AMI with drivers for",
          "choose a general, Graviton or NVIDIA type",
        ),
      ),
    ...(new Set(instanceTypes.map(architectureOf)).size > 1
      ? [
          problem(
            environment,
            field,
            instanceTypes,
            "of one architecture",
            "separate Graviton types (m7g) from x86 types (m7i): a group has one AMI",
          ),
        ]
      : []),
    ...(new Set(instanceTypes.map(acceleratorOf)).size > 1
      ? [problem(environment, field, instanceTypes, "all with or all without a GPU", "separate them: a group has one AMI")]
      : []),
    ...(gpu && taints.length === 0
      ? [
          problem(
            environment,
            `${at}.taints`,
            taints,
            "at least one taint on a group with GPUs",
            "add one, or every pod may land on the most expensive nodes",
          ),
        ]
      : []),
  ];
}
