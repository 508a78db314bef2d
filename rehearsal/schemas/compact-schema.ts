import type { PinnedProvider } from "../../constructs/shared/providers";
import type { AttributeSchema, BlockSchema, NestedBlockSchema, ProviderSchema, ResourceSchema, SchemaMap } from "./provider-schema";

/** All that one version of a provider knows of some types. */
export type VersionedSchema = PinnedProvider & Required<ProviderSchema>;

const flags = ["required", "optional", "computed", "sensitive", "write_only"] as const satisfies readonly (keyof AttributeSchema)[];

/**
 * Blocks that are left out, by resource type and their own name: those by which statements of a firewall hold others, three levels deep.
 * They are 1.26 of the 1.3 MB of their type, and would be encoded for every engine. Whoever writes one is told that it is unknown.
 */
const leftOutBlocks: Readonly<Record<string, readonly string[]>> = {
  aws_wafv2_web_acl: ["and_statement", "not_statement", "or_statement", "scope_down_statement"],
};

/**
 * Some types of a provider, and of them only what a value is checked with: no descriptions, no deprecations. Sorted.
 * @param types resource types, and data sources as `data.<type>`; those of other providers do no harm
 */
export function compactSchema(schema: VersionedSchema, types: readonly string[]): VersionedSchema {
  const chosen = restrictSchema(schema, types);
  return {
    source: schema.source,
    version: schema.version,
    provider: compactResource(schema.provider),
    resource_schemas: sorted(chosen.resource_schemas, (schema, type) => compactResource(schema, leftOutBlocks[type])),
    data_source_schemas: sorted(chosen.data_source_schemas, (schema) => compactResource(schema)),
  };
}

/** Some types of a provider, as they are. */
export function restrictSchema(schema: VersionedSchema, types: readonly string[]): VersionedSchema {
  const only = (schemas: SchemaMap, prefix = "") =>
    Object.fromEntries(Object.entries(schemas).filter(([type]) => types.includes(`${prefix}${type}`)));
  return {
    ...schema,
    resource_schemas: only(schema.resource_schemas),
    data_source_schemas: only(schema.data_source_schemas, "data."),
  };
}

/** Types in a schema: resource types, and data sources as `data.<type>`. */
export function typesOf({ resource_schemas, data_source_schemas }: VersionedSchema): readonly string[] {
  return [...Object.keys(resource_schemas), ...Object.keys(data_source_schemas).map((type) => `data.${type}`)];
}

/** A schema as it is committed: one line for each type, so that a diff says which types changed. */
export function schemaText({ source, version, provider, resource_schemas, data_source_schemas }: VersionedSchema): string {
  const lines = (schemas: SchemaMap) => {
    const each = Object.entries(schemas).map(([type, schema]) => `    ${JSON.stringify(type)}: ${JSON.stringify(schema)}`);
    return each.length === 0 ? "{}" : `{\n${each.join(",\n")}\n  }`;
  };
  const parts = {
    source: JSON.stringify(source),
    version: JSON.stringify(version),
    provider: JSON.stringify(provider),
    resource_schemas: lines(resource_schemas),
    data_source_schemas: lines(data_source_schemas),
  };
  return `{\n${Object.entries(parts)
    .map(([name, text]) => `  "${name}": ${text}`)
    .join(",\n")}\n}\n`;
}

function compactResource({ version, block }: ResourceSchema, leftOut: readonly string[] = []): ResourceSchema {
  return { version, block: compactBlock(block, leftOut) };
}

function compactBlock({ attributes = {}, block_types = {} }: BlockSchema, leftOut: readonly string[]): BlockSchema {
  const kept = Object.fromEntries(Object.entries(block_types).filter(([name]) => !leftOut.includes(name)));
  return {
    ...(Object.keys(attributes).length > 0 ? { attributes: sorted(attributes, compactAttribute) } : {}),
    ...(Object.keys(kept).length > 0 ? { block_types: sorted(kept, (nested) => compactNested(nested, leftOut)) } : {}),
  };
}

/** Takes what is known to matter, so that nothing has to know what an engine adds: `description` is also an attribute's name. */
function compactAttribute(attribute: AttributeSchema): AttributeSchema {
  const { type, nested_type } = attribute;
  return {
    ...(type === undefined ? {} : { type }),
    ...(nested_type
      ? { nested_type: { nesting_mode: nested_type.nesting_mode, attributes: sorted(nested_type.attributes, compactAttribute) } }
      : {}),
    ...Object.fromEntries(flags.filter((flag) => attribute[flag]).map((flag) => [flag, true])),
  };
}

function compactNested({ nesting_mode, min_items, max_items, block }: NestedBlockSchema, leftOut: readonly string[]): NestedBlockSchema {
  return { nesting_mode, ...(min_items ? { min_items } : {}), ...(max_items ? { max_items } : {}), block: compactBlock(block, leftOut) };
}

function sorted<From, To>(named: Readonly<Record<string, From>>, change: (value: From, name: string) => To): Readonly<Record<string, To>> {
  const byName = Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(byName.map(([name, value]) => [name, change(value, name)]));
}
