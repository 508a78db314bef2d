import type { AttributeSchema, BlockSchema, ProviderSchema } from "../schemas/provider-schema";

/**
 * Whether two versions of a provider say the same of a resource type's attribute or block: what became an argument, or computed, in
 * between is planned differently, and nobody's mistake.
 * @param path dotted, blocks without an index
 */
export function sameInBoth(one: ProviderSchema, other: ProviderSchema, type: string, path: string): boolean {
  const [first, second] = [one, other].map(({ resource_schemas }) => attributeAt(resource_schemas?.[type]?.block, path.split(".")));
  return (["required", "optional", "computed"] as const).every((flag) => (first?.[flag] ?? false) === (second?.[flag] ?? false));
}

/** The attribute at a path; of a map or an object the whole; undefined for a block. */
function attributeAt(block: BlockSchema | undefined, [name = "", ...rest]: readonly string[]): AttributeSchema | undefined {
  const attribute = block?.attributes?.[name];
  if (attribute?.nested_type && rest.length > 0) return attributeAt(attribute.nested_type, rest);
  if (attribute || rest.length === 0) return attribute;
  return attributeAt(block?.block_types?.[name]?.block, rest);
}
