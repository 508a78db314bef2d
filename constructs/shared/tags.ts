import type { Environment } from "../../environments/environment";

/** Tag keys that the platform sets itself. */
export const ownTagKeys = ["Project", "Environment", "Owner", "CostCenter", "ManagedBy"] as const;

/** Tags of everything in an environment. They reach what they can by the provider's `default_tags`; the rest gets them by hand. */
export function tagsOf(environment: Environment): Record<string, string> {
  return {
    ...environment.tags,
    Project: environment.project,
    Environment: environment.name,
    Owner: environment.owner,
    CostCenter: environment.costCenter,
    ManagedBy: "evenkeel",
  } satisfies Record<(typeof ownTagKeys)[number], string>;
}
