import { z } from "zod";
import type { Problem } from "../constructs/shared/errors";
import { placeOf } from "./place";
import { suggestion } from "./suggestion";

type Keys = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** Turns what a schema found into problems, the first one of each value. `root` is what the input is called. */
export function problemsOf(schema: z.core.$ZodType, root: string, input: unknown, issues: readonly Issue[]): readonly Problem[] {
  const seen = new Set<string>();
  return issues
    .flatMap((issue) => meant(issue, input))
    .filter((issue) => {
      const place = JSON.stringify([issue.path.map(String), issue.code === "unrecognized_keys"]);
      return !seen.has(place) && seen.add(place);
    })
    .flatMap((issue) => {
      switch (issue.code) {
        case "unrecognized_keys":
          return unknownFields(schema, root, input, issue);
        case "invalid_key":
          return [wrongKey(root, issue)];
        default:
          return [wrongValue(root, input, issue)];
      }
    });
}

/** The option of a union that knows most of the fields which are there is the one that is meant. Where none knows any, the union speaks. */
function meant(issue: Issue, input: unknown): readonly Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const value = valueAt(input, issue.path);
  const given = typeof value === "object" && value !== null ? Object.keys(value).length : 0;
  const [best] = issue.errors.map((issues) => ({ issues, known: given - unknownIn(issues) })).sort((one, other) => other.known - one.known);
  if (best === undefined || best.known === 0) return [issue];
  return best.issues.flatMap((inner) => meant({ ...inner, path: [...issue.path, ...inner.path] }, input));
}

function unknownIn(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys.length : 0), 0);
}

/** A field that is not in the schema, most often a typo. */
function unknownFields(
  schema: z.core.$ZodType,
  root: string,
  input: unknown,
  { path, keys }: z.core.$ZodIssueUnrecognizedKeys,
): readonly Problem[] {
  const known = fieldsAt(schema, input, path);
  return keys.map((field) => ({
    path: [root, ...path].join("."),
    field,
    value: valueAt(input, [...path, field]),
    limit: "a field that exists",
    // One that exists may still be out of place: beside a field of another option of a union.
    fix:
      suggestion(
        field,
        known.filter((name) => name !== field),
      ) ?? "remove it",
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
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => fieldsAt(option, input, path));
  if (schema instanceof z.ZodOptional) return fieldsAt(schema.unwrap(), input, path);
  const [key, ...rest] = path;
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<PropertyKey, z.core.$ZodType | undefined>> = schema.shape;
    if (key === undefined) return Object.keys(shape);
    const field = shape[key];
    return field ? fieldsAt(field, valueAt(input, [key]), rest) : [];
  }
  const inner = elementOf(schema);
  return inner && key !== undefined ? fieldsAt(inner, valueAt(input, [key]), rest) : [];
}

/** What every element of a list or a record has to be. */
function elementOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function means(option: z.ZodObject, chosen: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(chosen).every(([name, value]) => option.shape[name]?.safeParse(value).success);
}
