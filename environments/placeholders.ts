import type { Environment } from "./environment";
import { overrides, variableName } from "./variables";

/** A committed value that stands in for one that only the reader's account has. */
export interface Placeholder {
  readonly environment: string;
  readonly field: string;
  readonly value: string;
  /** Environment variable that gives the real value, where there is one. */
  readonly variable?: string;
}

/** Values that nobody owns: reserved names and blocks, ids that AWS never gave out. */
const unowned = [
  /(^|:)0{11}\d(:|$)/, // account ids, in ARNs as well
  /^Z0{10,}\d+$/, // Route 53 zones
  /(^|[.@])example\.(com|net|org)$/, // RFC 2606; Let's Encrypt takes no address there
  /^(192\.0\.2|198\.51\.100|203\.0\.113)\./, // RFC 5737
];

/** The placeholders of an environment. They synthesize; a deployment with that of the account is refused by `allowed_account_ids`. */
export function placeholdersOf(environment: Environment): readonly Placeholder[] {
  return [...leaves(environment, [])]
    .filter(({ value }) => unowned.some((shape) => shape.test(value)))
    .map(({ path, value }) => ({ environment: environment.name, field: path.join("."), value, ...variableOf(environment, path) }));
}

function variableOf({ name }: Environment, path: readonly string[]): Pick<Placeholder, "variable"> {
  const override = overrides[name].find((candidate) => candidate.path.every((key, index) => key === path[index]));
  return override ? { variable: variableName(name, override) } : {};
}

/** What to tell about placeholders; undefined when there are none. */
export function placeholderNotice(placeholders: readonly Placeholder[]): string | undefined {
  if (placeholders.length === 0) return undefined;
  const lines = placeholders.map(
    ({ environment, field, value, variable }) => `  ${environment}: ${field} is ${value}${variable ? `; set ${variable}` : ""}`,
  );
  return (
    "Placeholders synthesize, but Terraform refuses to run with that of an account (allowed_account_ids). " +
    `Give the real values before you deploy:\n${lines.join("\n")}`
  );
}

function* leaves(value: unknown, path: readonly string[]): Generator<{ path: readonly string[]; value: string }> {
  if (typeof value === "string") yield { path, value };
  else if (typeof value === "object" && value !== null) {
    for (const [key, child] of Object.entries(value)) yield* leaves(child, [...path, key]);
  }
}
