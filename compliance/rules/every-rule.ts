import { chartReleases } from "./chart-releases";
import { encryptedRequests } from "./encrypted-requests";
import { literalPolicies } from "./literal-policies";
import { literalSecrets } from "./literal-secrets";
import { replicatedCaches } from "./replicated-caches";
import { restrictedPods } from "./restricted-pods";
import type { Rule } from "./rule";
import { workloadTrust } from "./workload-trust";

/** Every rule of our own. */
export const everyRule = {
  chartReleases,
  encryptedRequests,
  literalPolicies,
  literalSecrets,
  replicatedCaches,
  restrictedPods,
  workloadTrust,
} satisfies Readonly<Record<string, Rule>>;
