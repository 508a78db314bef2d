import type { EnvironmentJson } from "./environment-json";
import type { Finding } from "./finding";
import type { CapabilityName, Guarantee } from "./guarantees";
import type { OutputType } from "./output-type";
import type { Parts } from "./parts";
import type { Place } from "./place";

/** Something that is so or not, the same on every target; a guarantee is made of such. */
export interface Claim {
  /** In words that follow "it holds that". */
  readonly summary: string;
  /** What its degrees count, e.g. `days`; a claim without is met or not. */
  readonly unit?: string;
}

/** Claims of a capability by guarantee. A guarantee without any does not apply. */
export type Claims = Readonly<Partial<Record<Guarantee, Readonly<Record<string, Claim>>>>>;

/**
 * Looks for what speaks for a claim in the resources of a capability. A claim that nothing speaks for is not met.
 * @param fleet every environment, for claims that compare them
 */
export type Proof = (own: Parts, environment: EnvironmentJson, fleet: readonly EnvironmentJson[]) => readonly Finding[];

/** A technology, told by its resources, and how it shows each claim. */
export interface Variant<Made extends Claims = Claims> {
  readonly name: string;
  /** The resource that the capability is all about, one or more. */
  readonly main: (own: Parts) => readonly Place[];
  readonly proofs: { readonly [Key in keyof Made]: { readonly [Name in keyof Made[Key]]: Proof } };
  /** Sizes and versions that people compare. */
  readonly facts: (own: Parts, environment: EnvironmentJson) => Readonly<Record<string, unknown>>;
}

/** Something that every environment has, whatever it is made of. */
export interface Capability<Made extends Claims = Claims> {
  readonly name: CapabilityName;
  /** Constructs that it is made of, each with its layer: `data/Database`. */
  readonly constructs: readonly string[];
  /** Its interface, as the layer publishes it. */
  readonly outputs: Readonly<Record<string, OutputType>>;
  readonly claims: Made;
  /** Why a guarantee does not apply, in any environment. */
  readonly exempt: { readonly [Key in Exclude<Guarantee, keyof Made>]: string };
  readonly variants: readonly Variant<Made>[];
}

/** Keeps the claims and the proofs of a capability together: the compiler calls out what is missing. */
export function defineCapability<const Made extends Claims>(capability: Capability<Made>): Capability {
  return capability as unknown as Capability; // read by name from here on
}
