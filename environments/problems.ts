import { z } from "zod";
import type { Problem } from "../constructs/shared/errors";
import { environmentSchema } from "./environment";
import { placeOf } from "./place";
import { suggestion } from "./suggestion";

type Keys = readonly PropertyKey[];

/** Turns what the schema found into problems, the first one of each value. */
export function problemsOf(root: string, input: unknown, issues: readonly z.core.$ZodIssue[]): readonly Problem[] {
  const seen = new Set<string>();
  return issues
    .filter((issue) => {
      const place = JSON.stringify([issue.path.map(String), issue.code === "unrecognized_keys"]);
      return !seen.has(place) && seen.add(place);
    })
    .flatMap((issue) => {
      switch (issue.code) {
        case "unrecognized_keys":
          return unknownFields(root, input, issue);
        case "invalid_key":
          return [wrongKey(root, issue)];
        default:
          return [wrongValue(root, input, issue)];
      }
    });
}

/** A field that is not in the schema, most often a typo. */
function unknownFields(root: string, input: unknown, { path, keys }: z.core.$ZodIssueUnrecognizedKeys): readonly Problem[] {
  const known = fieldsAt(environmentSchema, input, path);
  return keys.map((field) => ({
    path: [root, ...path].join("."),
    field,
    value: valueAt(input, [...path, field]),
    limit: "a field that exists",
    fix: suggestion(field, known) ?? "remove it",
  }));
}

/** A key of the reader's own choice, of a tag or a label. */
function wrongKey(root: string, issue: z.core.$ZodIssueInvalidKey): Problem {
  const [limit = "", fix = ""] = (issue.issues[0]?.message ?? "").split("; ");
  return { path: [root, ...issue.path.slice(0, -1)].join("."), field: "key", value: issue.path.at(-1), limit, fix };
}

function wrongValue(root: string, input: unknown, issue: z.core.$ZodIssue): Problem {
  const value = valueAt(input, issue.path);
  const [limit = "", fix = "change it"] = (issue.code === "invalid_type" && shapes[issue.expected]) || issue.message.split("; ");
  return { ...placeOf(root, issue.path.map(String)), value, limit, fix: value === undefined ? "add the field" : fix };
}

/** Limit and fix of what has no words of its own in the schema. */
const shapes: Readonly<Record<string, readonly [string, string]>> = {
  object: ["an object", "write { ... }"],
  record: ["an object", "write { key: value }"],
  array: ["a list", "write [ ... ]"],
};

function valueAt(input: unknown, keys: Keys): unknown {
  return keys.reduce((value, key) => {
    if (typeof value !== "object" || value === null) return undefined;
    return Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
  }, input);
}

/** Names of the fields that the object at a place may have; of a union, those of the variant that is meant. */
function fieldsAt(schema: z.core.$ZodType, input: unknown, path: Keys): readonly string[] {
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const chosen = { [schema.def.discriminator]: valueAt(input, [schema.def.discriminator]) };
    const options = schema.options.filter((option) => option instanceof z.ZodObject);
    return options.filter((option) => means(option, chosen)).flatMap((option) => fieldsAt(option, input, path));
  }
  const [key, ...rest] = path;
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<PropertyKey, z.core.$ZodType | undefined>> = schema.shape;
    if (key === undefined) return Object.keys(shape);
    const field = shape[key];
    return field ? fieldsAt(field, valueAt(input, [key]), rest) : [];
  }
  return schema instanceof z.ZodArray && key !== undefined ? fieldsAt(schema.element as z.core.$ZodType, valueAt(input, [key]), rest) : [];
}

function means(option: z.ZodObject, chosen: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(chosen).every(([name, value]) => option.shape[name]?.safeParse(value).success);
}
