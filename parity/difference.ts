import type { EnvironmentName } from "../environments/environment";
import type { Capability } from "./capability";
import type { EnvironmentJson } from "./environment-json";
import { guaranteeTitles } from "./guarantees";
import { cellsOf, type Cell } from "./matrix";
import { shown, strength } from "./problems";

/** Something that two environments do not have in common. */
export interface Difference {
  readonly capability: string;
  /** A guarantee with its claim, a size, a version. */
  readonly what: string;
  /** As it is in the one and in the other. */
  readonly values: readonly [string, string];
}

/** What differs between two environments, by capability: what it is made of, sizes and versions, and guarantees. */
export function differences(capabilities: readonly Capability[], one: EnvironmentJson, other: EnvironmentJson): readonly Difference[] {
  return capabilities.flatMap((capability) => {
    const fleet = [one, other];
    const both = [factsOf(capability, one, fleet), factsOf(capability, other, fleet)] as const;
    const names = [...new Set(both.flatMap((facts) => Object.keys(facts)))];
    return names.flatMap((what) => {
      const [first, second] = [both[0][what] ?? "none", both[1][what] ?? "none"];
      return first === second ? [] : [{ capability: capability.name, what, values: [first, second] as const }];
    });
  });
}

function factsOf(
  capability: Capability,
  environment: EnvironmentJson,
  fleet: readonly EnvironmentJson[],
): Readonly<Record<string, string>> {
  const own = environment.below(capability.constructs);
  const variant = capability.variants.find(({ main }) => main(own).length > 0);
  if (variant === undefined) return { "made of": "lacking" };
  const facts = Object.entries(variant.facts(own, environment)).filter(([, value]) => value !== undefined && value !== null);
  return {
    "made of": variant.name,
    ...Object.fromEntries(facts.map(([name, value]) => [name, typeof value === "string" ? value : shown(value)])),
    ...Object.fromEntries(cellsOf([capability], environment, fleet).flatMap(claimsOf)),
  };
}

function claimsOf({ guarantee, claims }: Cell): readonly (readonly [string, string])[] {
  return claims.map((claim) => [`${guaranteeTitles[guarantee]}: ${claim.claim}`, strength(claim)]);
}

/** Says in one line how much two environments differ. */
export function differenceSummary(found: readonly Difference[], one: EnvironmentName, other: EnvironmentName): string {
  const places = new Set(found.map(({ capability }) => capability)).size;
  if (found.length === 0) return `${one} and ${other} are the same in every capability.`;
  return `${one} and ${other} differ in ${found.length} respects of ${places} capabilities.`;
}
