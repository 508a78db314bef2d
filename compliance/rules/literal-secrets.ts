import { leavesOf, resourcesOf, type Leaf, type Rule } from "./rule";

/** Names of what is secret, in Terraform, in variables of containers and in values of charts. */
const secret =
  /(^|[._-])(password|passwords|passwd|auth_?token|secret_?key|secret_?access_?key|secret_?string|access_?token|api_?key|private_?key)$/i;

/** A secret comes from a generator or a secret store; checkov looks at some arguments, and at none in a chart or a container. */
export const literalSecrets: Rule = {
  demands: "no password is written down",
  problems: (stacks) =>
    resourcesOf(stacks).flatMap(({ address, values }) => [
      ...leavesOf(values)
        .filter(isLiteralSecret)
        .map(({ path }) => `${address}: ${path} is a literal, must refer to what generates or keeps it`),
      ...variablesIn(values)
        .filter(isLiteralSecret)
        .map(({ name }) => `${address}: variable ${name} is a literal, must come from a Secret`),
    ]),
};

/** Whether a value is a secret that is written down, not one that Terraform or a template fills in. */
export function isLiteralSecret({ name, value }: Leaf): boolean {
  return secret.test(snake(name)) && typeof value === "string" && value !== "" && !/\$\{|\{\{/.test(value);
}

/** `adminPassword` and `ADMIN_PASSWORD` are named alike. */
function snake(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1_$2");
}

/** Variables of containers, which are lists of names and values. */
function variablesIn(value: unknown): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap(variablesIn);
  if (typeof value !== "object" || value === null) return [];
  const { name, value: given } = value as { readonly name?: unknown; readonly value?: unknown };
  const own = typeof name === "string" && typeof given === "string" ? [{ name, path: name, value: given }] : [];
  return [...own, ...Object.values(value).flatMap(variablesIn)];
}
