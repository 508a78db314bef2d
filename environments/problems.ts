import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import type { Problem } from "../constructs/shared/errors";
import { environmentSchema } from "./environment";

/** Turns what the schema found into problems, the first one of each value. */
export function problemsOf(root: string, input: unknown, issues: readonly z.core.$ZodIssue[]): Problem[] {
  const seen = new Set<string>();
  return issues
    .flatMap((issue) => (issue.code === "unrecognized_keys" ? unknownFields(root, input, issue) : [wrongValue(root, input, issue)]))
    .filter((problem) => {
      const place = `${problem.path}.${problem.field}`;
      if (seen.has(place)) return false;
      seen.add(place);
      return true;
    });
}

/** A field that is not in the schema, most often a typo. */
function unknownFields(root: string, input: unknown, issue: z.core.$ZodIssueUnrecognizedKeys): Problem[] {
  const keys = issue.path.map(String);
  return issue.keys.map((field) => ({
    path: [root, ...keys].join("."),
    field,
    value: valueAt(input, [...keys, field]),
    limit: "a field that exists",
    fix: suggestion(field, knownFields) ?? "remove it",
  }));
}

function wrongValue(root: string, input: unknown, issue: z.core.$ZodIssue): Problem {
  const keys = issue.path.map(String);
  const value = valueAt(input, keys);
  const [limit = issue.message, ...fix] = issue.message.split("; ");
  return {
    path: [root, ...keys.slice(0, -1)].join("."),
    field: keys.at(-1) ?? "(whole)",
    value,
    limit: fix.length > 0 ? limit : expectation(issue),
    fix: value === undefined ? "add the field" : fix.length > 0 ? fix.join("; ") : "change it",
  };
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "object" || issue.expected === "array" ? `an ${issue.expected}` : `a ${issue.expected}`;
    case "invalid_key":
      return "a valid key";
    default:
      return issue.message;
  }
}

/** `did you mean x?`, where something close is known. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  const candidate = closest(word, [...known]);
  // A third of the letters: near enough for a typo, too far for another word.
  return distance(word, candidate) <= Math.max(2, Math.floor(word.length / 3)) ? `did you mean ${candidate}?` : undefined;
}

function valueAt(input: unknown, keys: readonly string[]): unknown {
  let value = input;
  for (const key of keys) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}

const knownFields = [...fieldsOf(environmentSchema)];

function* fieldsOf(schema: z.core.$ZodType): Generator<string> {
  if (schema instanceof z.ZodObject) {
    for (const [name, field] of Object.entries<z.core.$ZodType>(schema.shape)) {
      yield name;
      yield* fieldsOf(field);
    }
  } else if (schema instanceof z.ZodArray) {
    yield* fieldsOf(schema.element as z.core.$ZodType);
  } else if (schema instanceof z.ZodDiscriminatedUnion) {
    for (const option of schema.options as readonly z.core.$ZodType[]) yield* fieldsOf(option);
  }
}
