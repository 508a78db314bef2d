import { resourcesOf, type Rule } from "./rule";

/** Arguments of AWS resources that hold a policy as a whole. */
const policies = ["policy", "assume_role_policy", "inline_policy", "policy_document", "access_policy", "redrive_policy"];

/** A policy that Terraform puts together is one that no scanner reads: `Action: *` in `jsonencode` passes every check of checkov's. */
export const literalPolicies: Rule = {
  demands: "policies are literal JSON, which scanners read",
  problems: (stacks) => [
    ...resourcesOf(stacks)
      .filter(({ type }) => type.startsWith("aws_"))
      .flatMap(({ address, values }) =>
        policies
          .filter((name) => values[name] !== undefined && !isLiteral(values[name]))
          .map((name) => `${address}: ${name} is ${shortened(values[name])}, must be literal JSON; write it out`),
      ),
    ...Object.entries(stacks)
      .filter(([, { data = {} }]) => "aws_iam_policy_document" in data)
      .map(([stack]) => `${stack}: data.aws_iam_policy_document is there, must be literal JSON; write the policy out`),
  ],
};

function isLiteral(policy: unknown): boolean {
  if (typeof policy !== "string") return false;
  try {
    return typeof JSON.parse(policy) === "object";
  } catch {
    return false;
  }
}

function shortened(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 60);
}
