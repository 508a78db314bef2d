/** What a look at a deployed environment has found. */
export interface CheckResult {
  /** What was looked at, e.g. `pods`. */
  readonly check: string;
  readonly passed: boolean;
  /** What was found. Never a secret. */
  readonly found: string;
  /** What to do about it. @default nothing is to do */
  readonly fix?: string;
}

/** Looks at one thing. */
export interface PostDeployCheck {
  readonly name: string;
  /** Whether it waits by itself. @default it is looked at again */
  readonly waits?: true;
  look(): Promise<CheckResult>;
}

/** Time between two looks, in seconds. */
const pauseSeconds = 5;

/**
 * Looks until a check passes: pods are replaced, and a route takes a while to reach its pods. What cannot be looked at has not passed.
 * @param patience how long, in seconds
 */
export async function patiently({ name, waits, look }: PostDeployCheck, patience: number): Promise<CheckResult> {
  for (let waited = 0; ; waited += pauseSeconds) {
    const result = await look().catch((error: unknown) => unlooked(name, error));
    if (result.passed || waits || waited + pauseSeconds > patience) return result;
    await new Promise((resolve) => setTimeout(resolve, pauseSeconds * 1000));
  }
}

function unlooked(check: string, error: unknown): CheckResult {
  const [words = ""] = (error instanceof Error ? error.message : String(error)).trim().split("\n");
  return { check, passed: false, found: `not looked at: ${words}`, fix: "see that kubectl is installed and reaches the cluster" };
}

/** What is wrong, all of it up to a point: a table has little room. */
export function listed(things: readonly string[], most = 5): string {
  const rest = things.length - most;
  return rest > 0 ? `${things.slice(0, most).join(", ")} and ${rest} more` : things.join(", ");
}
