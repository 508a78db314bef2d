/** Findings of checkov that are there on purpose. `npm run checkov` fails on any other, and on an entry that is none any more. */
export interface AllowedFinding {
  /** Id of the check, e.g. `CKV_AWS_18`. */
  readonly check: string;
  /** Where it fails: `<stack>: <type>.<name>`, as in the committed addresses. */
  readonly addresses: readonly string[];
  /** Why that is right there. */
  readonly reason: string;
  /** Last day that it counts, `YYYY-MM-DD`, a year ahead at most: then somebody has to think again. */
  readonly expires: string;
}

/** Most checks that may be allowed to fail somewhere: a longer list is one that nobody reads. */
export const mostAllowedChecks = 12;
