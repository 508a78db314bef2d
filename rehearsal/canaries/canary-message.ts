import type { Canary } from "./canary";
import type { Misplaced, Source } from "./misplaced-canaries";

const byReference =
  "keep it in a Kubernetes secret or in the secret store, and let its name travel, e.g. as secretKeyRef or ExternalSecret";

/** What to do about a canary, by what it was found in. */
const advice: Readonly<Record<Source, string>> = {
  "what ships": `no secret may be in a file that ships: ${byReference}`,
  state: byReference,
  plan: byReference,
  provider: byReference,
  "output of the engine": "whoever sees a log of CI sees it: mark the output sensitive, or put out the secret's name",
};

/**
 * What was found, by secret: where it is, and what to do.
 * @param nameOf what a secret is called: address and attribute
 */
export function canaryMessage(found: readonly Misplaced[], nameOf: (canary: Canary) => string): string {
  const secrets = [...new Map(found.map(({ canary }) => [canary.text, canary])).values()];
  const lines = secrets.flatMap((secret) => {
    const places = found.filter(({ canary }) => canary.text === secret.text).map(({ source, place }) => `  ${source}: ${place}`);
    return [`${nameOf(secret)} of ${secret.stack} is in`, ...new Set(places)];
  });
  return [...lines, ...new Set(found.map(({ source }) => advice[source]))].join("\n");
}
