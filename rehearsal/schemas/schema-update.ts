import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { providers } from "../../constructs/shared/providers";
import { OperationError } from "../../operations/operation-error";
import { compactSchema, schemaText, typesOf, type VersionedSchema } from "./compact-schema";
import type { ResourceSchema } from "./provider-schema";
import type { RequiredProviders } from "../real-providers/installed-providers";
import { schemasFromEngine, schemasFromFolder, type SchemasByName } from "./schema-sources";
import { schemaFile, schemaFolder } from "./committed-schemas";
import { providerOf, usedTypes } from "./used-types";

export interface SchemaUpdateOptions {
  /** Folder that holds full schemas. @default the engine is asked */
  readonly from?: string;
  /** Folder to write to. @default where they are committed */
  readonly to?: string;
  /** Types to keep. @default what the code uses */
  readonly types?: readonly string[];
  /** @default the project's providers */
  readonly pinned?: RequiredProviders;
}

/**
 * Rewrites the compact schemas, all of them or, when a type is not to be had, none.
 * @returns what changed, a line for each type
 * @throws OperationError when no schema has a type that is used
 */
export function updateSchemas({
  from,
  to = schemaFolder,
  types = usedTypes(),
  pinned = providers,
}: SchemaUpdateOptions): readonly string[] {
  const schemas = from === undefined ? schemasFromEngine(pinned) : schemasFromFolder(from, pinned);
  const missing = types.filter((type) => !Object.values(schemas).some((schema) => typesOf(schema).includes(type)));
  if (missing.length > 0) throw new OperationError(missing.map((type) => unheardOf(type, schemas)).join("\n"));
  mkdirSync(to, { recursive: true });
  return Object.entries(schemas).flatMap(([name, schema]) => {
    const file = schemaFile(name, to);
    const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as VersionedSchema) : undefined;
    const after = compactSchema(schema, types);
    writeFileSync(file, schemaText(after));
    return schemaChanges(name, before, after);
  });
}

/** What differs between two schemas of a provider: `+` new, `-` gone, `~` changed. */
function schemaChanges(name: string, before: VersionedSchema | undefined, after: VersionedSchema): readonly string[] {
  const version =
    before?.version === after.version ? [] : [`${before ? "~" : "+"} ${name} ${before ? `${before.version} -> ` : ""}${after.version}`];
  const [old, now] = [before ? texts(name, before) : new Map<string, string>(), texts(name, after)];
  return [
    ...version,
    ...[...old.keys()].filter((type) => !now.has(type)).map((type) => `- ${type}`),
    ...[...now.keys()].filter((type) => !old.has(type)).map((type) => `+ ${type}`),
    ...[...now].filter(([type, text]) => old.has(type) && old.get(type) !== text).map(([type]) => `~ ${type}`),
  ];
}

function texts(name: string, { provider, resource_schemas, data_source_schemas }: VersionedSchema): ReadonlyMap<string, string> {
  const entries: readonly (readonly [string, ResourceSchema])[] = [
    [`provider.${name}`, provider],
    ...Object.entries(resource_schemas),
    ...Object.entries(data_source_schemas).map(([type, schema]) => [`data.${type}`, schema] as const),
  ];
  return new Map(entries.map(([type, schema]) => [type, JSON.stringify(schema)]));
}

function unheardOf(type: string, schemas: SchemasByName): string {
  const schema = schemas[providerOf(type)];
  if (!schema) return `${type} is used, but no provider in constructs/shared/providers.ts is called ${providerOf(type)}: pin it there`;
  return `${type} is used, but ${schema.source} ${schema.version} does not have it: give the schemas of the version that the bindings were made from`;
}
