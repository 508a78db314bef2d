import type { AttributeSchema, BlockSchema, ProviderSchema, ResourceSchema } from "../schemas/provider-schema";

/** A provider's schema as the answer to `GetProviderSchema`. */
export function schemaMessage({ provider, resource_schemas = {}, data_source_schemas = {} }: ProviderSchema) {
  return {
    provider: message(provider ?? { version: 0, block: {} }),
    resource_schemas: messages(resource_schemas),
    data_source_schemas: messages(data_source_schemas),
    // The engine then asks once in each run.
    server_capabilities: { get_provider_schema_optional: true },
  };
}

function messages(schemas: Readonly<Record<string, ResourceSchema>>) {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, message(schema)]));
}

function message({ version, block }: ResourceSchema) {
  return { version, block: blockMessage(block) };
}

function blockMessage({ attributes = {}, block_types = {} }: BlockSchema): object {
  return {
    attributes: attributeMessages(attributes),
    block_types: Object.entries(block_types).map(([type_name, { nesting_mode, min_items, max_items, block }]) => ({
      type_name,
      nesting: nesting_mode.toUpperCase(),
      min_items: min_items ?? 0,
      max_items: max_items ?? 0,
      block: blockMessage(block),
    })),
  };
}

function attributeMessages(attributes: Readonly<Record<string, AttributeSchema>>): readonly object[] {
  return Object.entries(attributes).map(([name, { type, nested_type, ...flags }]) => ({
    name,
    ...flags,
    ...(type === undefined ? {} : { type: Buffer.from(JSON.stringify(type)) }),
    ...(nested_type === undefined
      ? {}
      : { nested_type: { nesting: nested_type.nesting_mode.toUpperCase(), attributes: attributeMessages(nested_type.attributes ?? {}) } }),
  }));
}
