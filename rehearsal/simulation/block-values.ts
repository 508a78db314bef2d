import { isDeepStrictEqual } from "node:util";
import { isValues, Unknown, type Values } from "../protocol/values";
import type { AttributeSchema, BlockSchema } from "../schemas/provider-schema";

/** An attribute in a resource, where a change of the values comes by it. */
export interface VisitedAttribute {
  readonly schema: AttributeSchema;
  readonly name: string;
  /** Dotted, blocks and lists without an index. */
  readonly path: string;
  readonly value: unknown;
  /** Its value in the state before; undefined where the block around it is new. */
  readonly prior: unknown;
}

/** Gives an attribute its new value. */
export type Change = (attribute: VisitedAttribute) => unknown;

/** Changes every attribute of a resource, those in blocks and in other attributes included. */
export function changeAttributes(block: BlockSchema, values: Values, prior: unknown, change: Change, prefix = ""): Values {
  const before = isValues(prior) ? prior : undefined;
  const attributes = Object.entries(block.attributes ?? {}).map(([name, schema]) => {
    const path = `${prefix}${name}`;
    const value = change({ schema, name, path, value: values[name] ?? null, prior: before?.[name] });
    const nested = schema.nested_type;
    return [name, nested ? changeNested(nested.nesting_mode, nested, value, before?.[name], change, `${path}.`) : value];
  });
  const blocks = Object.entries(block.block_types ?? {}).map(([name, nested]) => [
    name,
    changeNested(nested.nesting_mode, nested.block, values[name] ?? null, before?.[name], change, `${prefix}${name}.`),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

/** Changes the objects of a nested block or attribute; null, and what is unknown as a whole, stays. */
function changeNested(nesting: string, block: BlockSchema, value: unknown, prior: unknown, change: Change, prefix: string): unknown {
  const changed = (item: unknown, before: unknown) => (isValues(item) ? changeAttributes(block, item, before, change, prefix) : item);
  if (Array.isArray(value)) {
    const before: readonly unknown[] = Array.isArray(prior) ? prior : [];
    // A set has no places: an element is either there already, as it is, or new.
    const priorOf = (item: unknown, index: number) =>
      nesting === "set" ? before.find((candidate) => isDeepStrictEqual(candidate, item)) : before[index];
    return value.map((item: unknown, index) => changed(item, priorOf(item, index)));
  }
  if (nesting !== "map" || !isValues(value)) return changed(value, prior);
  const before = isValues(prior) ? prior : {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, changed(item, before[key])]));
}

/** What is at a dotted path; a list for each list that the path goes through. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => valueAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined || value === null || value === undefined || value instanceof Unknown) return value;
  return isValues(value) ? valueAt(value[name], rest) : undefined;
}

/** A copy in which what is unknown is undefined. */
export function knownValues(value: unknown): unknown {
  if (value instanceof Unknown) return undefined;
  if (Array.isArray(value)) return value.map(knownValues);
  if (!isValues(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, knownValues(item)]));
}
