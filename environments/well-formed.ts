import type { z } from "zod";

/** Whether a schema has taken all of some fields, given by their dotted paths; what it has not taken may be anything. */
export type WellFormed = (fields: readonly string[]) => boolean;

/** All fields are well-formed but those that there are issues of. A field that does not exist says nothing about those that do. */
export function wellFormedBut(issues: readonly z.core.$ZodIssue[]): WellFormed {
  const broken = issues.filter(({ code }) => code !== "unrecognized_keys").map(({ path }) => path.map(String));
  return (fields) => !fields.some((field) => broken.some((other) => touches(field.split("."), other)));
}

/** Whether one of two places is within the other, or both are the same. */
function touches(one: readonly string[], other: readonly string[]): boolean {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  return shorter.every((key, index) => key === longer[index]);
}
