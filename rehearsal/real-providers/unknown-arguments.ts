import { isValues } from "../protocol/values";
import type { TerraformJson } from "../../operations/terraform-json";
import type { BlockSchema, NestingMode, ProviderSchema, SchemaMap } from "../schemas/provider-schema";

/** An argument that a provider does not know. */
export interface UnknownArgument {
  /** Resource type, `data.<type>` or `provider.<name>`. */
  readonly type: string;
  /** Dotted path in the block. */
  readonly argument: string;
  readonly value: unknown;
}

/** Arguments that the engine, not the provider, reads. */
const metaArguments = ["//", "alias", "connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner", "version"];

/**
 * Takes out of a stack every argument that the provider does not know. A type that it does not know stays: the engine will say so.
 * @param name the provider's name in the stack
 */
export function withoutUnknownArguments(json: TerraformJson, name: string, schema: ProviderSchema) {
  const unknown: UnknownArgument[] = [];
  const known = (block: BlockSchema | undefined, type: string, values: unknown) =>
    block === undefined ? values : prune(values, block, (argument, value) => unknown.push({ type, argument, value }));
  const blocks = (section: TerraformJson["resource"], schemas: SchemaMap = {}, prefix = "") =>
    mapValues(section ?? {}, (named, type) => mapValues(named, (values) => known(schemas[type]?.block, `${prefix}${type}`, values)));
  const { provider = {} } = json;
  const pruned = {
    ...json,
    ...(json.resource ? { resource: blocks(json.resource, schema.resource_schemas) } : {}),
    ...(json.data ? { data: blocks(json.data, schema.data_source_schemas, "data.") } : {}),
    ...(provider[name] ? { provider: { ...provider, [name]: known(schema.provider?.block, `provider.${name}`, provider[name]) } } : {}),
  };
  return { json: pruned as TerraformJson, unknown };
}

type NestedSchema = BlockSchema & { readonly nesting_mode: NestingMode };

type Report = (argument: string, value: unknown) => void;

function prune(value: unknown, schema: BlockSchema, report: Report, path: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => prune(item, schema, report, path));
  if (!isValues(value)) return value; // A reference to a whole block, or null.
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, argument]) => {
      const here = [...path, name];
      const attribute = schema.attributes?.[name];
      const block = schema.block_types?.[name];
      const inner = block ? { ...block.block, nesting_mode: block.nesting_mode } : attribute?.nested_type;
      if (inner) return [[name, pruneNested(argument, inner, report, here)]];
      if (attribute || (path.length === 0 && metaArguments.includes(name))) return [[name, argument]];
      report(here.join("."), argument);
      return [];
    }),
  );
}

/** Blocks of one name: one, a list of them, or each under a key of the user's. */
function pruneNested(value: unknown, schema: NestedSchema, report: Report, path: readonly string[]): unknown {
  if (schema.nesting_mode !== "map" || !isValues(value)) return prune(value, schema, report, path);
  return mapValues(value, (item) => prune(item, schema, report, path));
}

function mapValues<From, To>(object: Readonly<Record<string, From>>, change: (value: From, key: string) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
