import type { EnvironmentName } from "../environments/environment";
import type { Capability, Claim, Proof } from "./capability";
import type { EnvironmentJson } from "./environment-json";
import type { Finding } from "./finding";
import { guarantees, type CapabilityName, type Guarantee } from "./guarantees";

/** Whether a claim is met in an environment, with what speaks for it and against it. */
export interface ClaimResult extends Claim {
  readonly claim: string;
  readonly met: boolean;
  /** The weakest of what was found, where the claim has degrees. */
  readonly degree?: number;
  readonly findings: readonly Finding[];
}

/** A guarantee of a capability in an environment. */
export interface Cell {
  readonly capability: CapabilityName;
  readonly guarantee: Guarantee;
  readonly environment: EnvironmentName;
  /** The technology that was found; undefined where the environment lacks the capability. */
  readonly variant: string | undefined;
  readonly verdict: "holds" | "does not hold" | "does not apply";
  /** Why it does not apply. */
  readonly reason?: string;
  readonly claims: readonly ClaimResult[];
}

/**
 * The guarantees of capabilities in an environment, computed from its JSON.
 * @param fleet every environment that it is compared with, itself among them
 */
export function cellsOf(
  capabilities: readonly Capability[],
  environment: EnvironmentJson,
  fleet: readonly EnvironmentJson[],
): readonly Cell[] {
  return capabilities.flatMap((capability) => {
    const own = environment.below(capability.constructs);
    const variant = capability.variants.find(({ main }) => main(own).length > 0);
    return guarantees.map((guarantee) => {
      const place = { capability: capability.name, guarantee, environment: environment.name, variant: variant?.name };
      const claims = capability.claims[guarantee];
      if (claims === undefined) return { ...place, verdict: "does not apply", reason: reasonOf(capability, guarantee), claims: [] };
      const proofs: Readonly<Record<string, Proof>> = variant?.proofs[guarantee] ?? {};
      const results = Object.entries(claims).map(([claim, about]) =>
        resultOf(claim, about, proofs[claim]?.(own, environment, fleet) ?? []),
      );
      return { ...place, verdict: results.every(({ met }) => met) ? "holds" : "does not hold", claims: results };
    });
  });
}

function reasonOf({ exempt, name }: Capability, guarantee: Guarantee): string {
  const reason = (exempt as Readonly<Partial<Record<Guarantee, string>>>)[guarantee];
  if (reason === undefined) throw new Error(`${name} says nothing about ${guarantee}; claim it, or say why it does not apply`);
  return reason;
}

function resultOf(claim: string, about: Claim, findings: readonly Finding[]): ClaimResult {
  const degrees = findings.flatMap(({ degree }) => degree ?? []);
  const met = findings.length > 0 && findings.every((finding) => finding.met);
  return { claim, ...about, met, findings, ...(about.unit !== undefined && degrees.length > 0 ? { degree: Math.min(...degrees) } : {}) };
}
