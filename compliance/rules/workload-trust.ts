import type { Arguments } from "../../operations/terraform-json";
import { blocksOf, isBlock, resourcesOf, type Rule } from "./rule";

/** A role that pods take is for one service account of our own cluster: checkov does not look at the conditions. */
export const workloadTrust: Rule = {
  demands: "roles of workloads are for one service account of our cluster",
  problems: (stacks) =>
    resourcesOf(stacks)
      .filter(({ type }) => type === "aws_iam_role")
      .flatMap(({ address, values }) =>
        statementsOf(values.assume_role_policy).flatMap((statement) => trustProblems(statement).map((problem) => `${address}: ${problem}`)),
      ),
};

function trustProblems({ Principal, Action, Condition }: Arguments): readonly string[] {
  const conditions = isBlock(Condition) ? Condition : {};
  const equal = isBlock(conditions.StringEquals) ? conditions.StringEquals : {};
  const like = Object.keys(conditions).filter((operator) => operator.includes("Like"));
  const principals = isBlock(Principal) ? Principal : {};
  if (listOf(Action).includes("sts:AssumeRoleWithWebIdentity") || principals.Federated !== undefined) {
    return [...conditionProblems(equal, { ":sub": account, ":aud": /^sts\.amazonaws\.com$/ }), ...like.map(tooLoose)];
  }
  if (!listOf(principals.Service).includes("pods.eks.amazonaws.com")) return [];
  const source = isBlock(conditions.ArnEquals) ? conditions.ArnEquals["aws:SourceArn"] : undefined;
  return [
    ...conditionProblems(equal, {
      "aws:SourceAccount": /^\d{12}$/,
      "aws:RequestTag/kubernetes-namespace": oneName,
      "aws:RequestTag/kubernetes-service-account": oneName,
    }),
    ...(typeof source === "string" && !source.includes("*") ? [] : ["ArnEquals aws:SourceArn is missing, must be the cluster"]),
    ...like.map(tooLoose),
  ];
}

const account = /^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+$/;
const oneName = /^[a-z0-9.-]+$/;

/** Conditions by the end of their key: before `:sub` there is the issuer. */
function conditionProblems(equal: Arguments, wanted: Readonly<Record<string, RegExp>>): readonly string[] {
  return Object.entries(wanted).flatMap(([end, shape]) => {
    const found = Object.entries(equal).find(([key]) => key.endsWith(end))?.[1];
    return typeof found === "string" && shape.test(found) ? [] : [`StringEquals ${end} is ${JSON.stringify(found)}, must match ${shape}`];
  });
}

function tooLoose(operator: string): string {
  return `condition ${operator} is there, must be an exact one; a pattern lets others in`;
}

function statementsOf(policy: unknown): readonly Arguments[] {
  return typeof policy === "string" ? blocksOf((JSON.parse(policy) as { readonly Statement?: unknown }).Statement) : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
