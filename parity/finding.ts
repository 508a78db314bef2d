import { isDeepStrictEqual } from "node:util";
import type { Place } from "./place";

/** What a value has to be. */
export type Test = (value: unknown) => boolean;

/** A place that speaks for a claim, or against it. */
export interface Finding {
  readonly place: Place;
  readonly met: boolean;
  /** How much of it there is, where the claim has degrees: more is stronger. */
  readonly degree?: number;
  /** It is about something that is allowed: it has to be narrow, and without the whole resource even less would be allowed. */
  readonly permits?: true;
}

/** Judges the bounds of something that is allowed. */
export function mustBound(place: Place, test: Test): Finding {
  return { ...must(place, test), permits: true };
}

/** Judges what is at a place. */
export function must(place: Place, test: Test): Finding {
  return { place, met: test(place.value) };
}

/** Judges a number, which says how strong the claim is. */
export function mustBeAtLeast(least: number, place: Place, numberOf: (value: unknown) => number = Number): Finding {
  const degree = place.value === undefined ? NaN : numberOf(place.value);
  return Number.isNaN(degree) ? { place, met: false } : { place, met: degree >= least, degree };
}

/** The number of findings that are met says how strong the claim is. */
export function counted(findings: readonly Finding[]): readonly Finding[] {
  const degree = findings.filter(({ met }) => met).length;
  return findings.map((finding) => ({ ...finding, degree }));
}

/** The value itself. Lists and objects are compared as a whole. */
export function is(expected: unknown): Test {
  return (value) => isDeepStrictEqual(value, expected);
}

/** Nothing is there. */
export const isAbsent: Test = (value) => value === undefined;

/** A text of a shape. */
export function matches(shape: RegExp): Test {
  return (value) => typeof value === "string" && shape.test(value);
}

/** A reference to a resource of a type, within the stack or to one before it. */
export function refersTo(type: string): Test {
  return matches(new RegExp(`^\\$\\{(${type}\\.|data\\.terraform_remote_state\\..*\\.cross-stack-output-${type}[A-Z])`));
}
