import type { AttributeSchema, BlockSchema, CtyType, NestedTypeSchema } from "../../../../rehearsal/schemas/provider-schema";

/** The attributes of a block by their dotted path, those in blocks and in other attributes included. */
export function attributesByPath(block: BlockSchema | NestedTypeSchema, prefix = ""): Readonly<Record<string, AttributeSchema>> {
  const own = Object.entries(block.attributes ?? {}).map(([name, schema]) => ({
    [`${prefix}${name}`]: schema,
    ...(schema.nested_type ? attributesByPath(schema.nested_type, `${prefix}${name}.`) : {}),
  }));
  const blocks = "block_types" in block ? Object.entries(block.block_types ?? {}) : [];
  const nested = blocks.map(([name, { block: inner }]) => attributesByPath(inner, `${prefix}${name}.`));
  return Object.assign({}, ...own, ...nested) as Readonly<Record<string, AttributeSchema>>;
}

/** Type of an attribute, also where it is written as nested attributes. */
export function typeOfAttribute({ type, nested_type }: AttributeSchema): CtyType {
  if (type !== undefined) return type;
  if (nested_type === undefined) throw new Error("an attribute has neither a type nor nested attributes");
  const attributes = Object.entries(nested_type.attributes).map(([name, schema]) => [name, typeOfAttribute(schema)]);
  const object: CtyType = ["object", Object.fromEntries(attributes) as Record<string, CtyType>];
  const nesting = nested_type.nesting_mode;
  return nesting === "single" || nesting === "group" ? object : [nesting, object];
}

/** Whether a value is of a type as the protocol wants it: objects have all attributes and no others. */
export function fits(value: unknown, type: CtyType): boolean {
  if (value === null || type === "dynamic") return true;
  if (typeof type === "string") return typeof value === (type === "bool" ? "boolean" : type);
  if (type[0] === "list" || type[0] === "set") return Array.isArray(value) && value.every((item) => fits(item, type[1]));
  if (type[0] === "tuple")
    return Array.isArray(value) && value.length === type[1].length && type[1].every((part, i) => fits(value[i], part));
  if (typeof value !== "object" || Array.isArray(value)) return false;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  if (type[0] !== "object") return entries.every(([, item]) => fits(item, type[1]));
  const parts = type[1];
  const known = entries.every(([name, item]) => parts[name] !== undefined && fits(item, parts[name]));
  return known && entries.length === Object.keys(parts).length;
}

/** A resource of which every argument is given, each block once. */
export function exampleOf(block: BlockSchema): Readonly<Record<string, unknown>> {
  const attributes = Object.entries(block.attributes ?? {}).map(([name, schema]) => [name, exampleValue(name, typeOfAttribute(schema))]);
  const blocks = Object.entries(block.block_types ?? {}).map(([name, nested]) => [
    name,
    nested.nesting_mode === "single" || nested.nesting_mode === "group" ? exampleOf(nested.block) : [exampleOf(nested.block)],
  ]);
  return Object.fromEntries([...attributes, ...blocks]) as Readonly<Record<string, unknown>>;
}

function exampleValue(name: string, type: CtyType): unknown {
  if (type === "string") return `some-${name}`;
  if (type === "number") return 1;
  if (type === "bool") return true;
  if (typeof type === "string") return null;
  if (type[0] === "list" || type[0] === "set") return [exampleValue(name, type[1])];
  if (type[0] === "map") return { some: exampleValue(name, type[1]) };
  if (type[0] === "tuple") return type[1].map((part) => exampleValue(name, part));
  return Object.fromEntries(Object.entries(type[1]).map(([attribute, part]) => [attribute, exampleValue(attribute, part)]));
}
