import type { TerraformJson } from "../operations/terraform-json";
import { OperationError } from "../operations/operation-error";

/** A check that fails. */
export interface Finding {
  /** Id of the check. */
  readonly check: string;
  /** What the check wants. */
  readonly title: string;
  /** `<stack>: <type>.<name>`, as in the committed addresses. */
  readonly address: string;
}

/** What checkov says of stacks. */
export interface CheckovReport {
  readonly findings: readonly Finding[];
  /** How many resources and providers were judged, by the name of their stack. */
  readonly judged: Readonly<Record<string, number>>;
  /** Files that it could not read. */
  readonly unread: readonly string[];
}

/** A verdict as checkov writes it. */
interface Verdict {
  readonly check_id: string;
  readonly check_name: string;
  /** Path of the file, from where checkov was started. */
  readonly file_abs_path: string;
  /** `<type>.<name>` from a check of references; `resource.<name>` from one of a single resource. */
  readonly resource: string;
}

interface Output {
  readonly results: {
    readonly passed_checks: readonly Verdict[];
    readonly failed_checks: readonly Verdict[];
    readonly parsing_errors?: readonly string[];
  };
}

/** Stacks by their names. */
export type Stacks = Readonly<Record<string, TerraformJson>>;

/**
 * Reads what checkov wrote.
 * @param text the JSON of one framework
 * @param stacks what it was given: a stack that it does not mention was not judged
 * @throws OperationError when it is no report of checkov's
 */
export function checkovReport(text: string, stacks: Stacks): CheckovReport {
  const { passed_checks, failed_checks, parsing_errors = [] } = resultsOf(text);
  const judged = Object.keys(stacks).map((stack) => {
    const own = [...passed_checks, ...failed_checks].filter((verdict) => stackOf(verdict) === stack);
    return [stack, new Set(own.map(({ resource }) => nameOf(resource))).size] as const;
  });
  return {
    findings: failed_checks.map((verdict) => ({
      check: verdict.check_id,
      title: verdict.check_name,
      address: `${stackOf(verdict)}: ${addressOf(verdict, stacks)}`,
    })),
    judged: Object.fromEntries(judged),
    unread: parsing_errors,
  };
}

function resultsOf(text: string): Output["results"] {
  const output: unknown = JSON.parse(text);
  const { results } = output as Partial<Output>;
  if (results !== undefined) return results;
  // With nothing to judge checkov writes a summary without results.
  if (typeof output === "object" && output !== null && "checkov_version" in output) return { passed_checks: [], failed_checks: [] };
  throw new OperationError(`checkov's report has no results: ${text.slice(0, 200)}`);
}

/** Each stack has a folder of its own. */
function stackOf({ file_abs_path }: Verdict): string {
  return file_abs_path.split("/").at(-2) ?? "";
}

function addressOf(verdict: Verdict, stacks: Stacks): string {
  const name = nameOf(verdict.resource);
  const resources = Object.entries(stacks[stackOf(verdict)]?.resource ?? {});
  const type = resources.find(([, named]) => name in named)?.[0]; // names end in a hash of their path: each is there once
  return type === undefined ? verdict.resource : `${type}.${name}`;
}

function nameOf(resource: string): string {
  return resource.slice(resource.indexOf(".") + 1);
}
