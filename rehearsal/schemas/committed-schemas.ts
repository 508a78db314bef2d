import { readFileSync } from "node:fs";
import { join } from "node:path";
import { providers, type PinnedProvider } from "../../constructs/shared/providers";
import { compareVersions } from "../../operations/checks/tools";
import { OperationError } from "../../operations/operation-error";
import { restrictSchema, typesOf, type VersionedSchema } from "./compact-schema";
import { providerOf } from "./used-types";

/** Where the compact schemas are committed. */
export const schemaFolder = __dirname;

/** File of a provider's compact schema, by the provider's local name. */
export function schemaFile(name: string, folder = schemaFolder): string {
  return join(folder, `${name}.json`);
}

/**
 * The committed schema of a provider.
 * @param source with its registry, e.g. `registry.terraform.io/hashicorp/aws`
 */
export function committedSchema(source: string): VersionedSchema {
  return JSON.parse(readFileSync(schemaFile(nameOf(source)), "utf8")) as VersionedSchema;
}

/** The committed schemas of all providers. */
export function committedSchemas(): readonly VersionedSchema[] {
  return Object.values(providers).map(({ source }) => committedSchema(source));
}

/**
 * The committed schema of a provider, of some types only.
 * @param types resource types, and data sources as `data.<type>`; those of other providers are passed over
 * @throws OperationError when a type of this provider is not committed
 */
export function schemaFor(source: string, types: readonly string[]): VersionedSchema {
  const schema = committedSchema(source);
  const known = typesOf(schema);
  const missing = types.filter((type) => providerOf(type) === nameOf(source) && !known.includes(type));
  if (missing.length > 0) throw new OperationError(missing.map(lacking).join("\n"));
  return restrictSchema(schema, types);
}

/**
 * What is wrong with schemas for code that uses some types, told for each; empty when nothing is.
 * @param types resource types, and data sources as `data.<type>`
 */
export function schemaProblems(types: readonly string[], schemas = committedSchemas()): readonly string[] {
  const known = schemas.flatMap(typesOf);
  return [
    ...types.filter((type) => !known.includes(type)).map(lacking),
    ...known.filter((type) => !types.includes(type)).map((type) => `${type} is in the committed schemas, but nothing uses it: ${remedy}`),
  ];
}

/**
 * Whether a version of a provider may speak for the pinned one. A later one may, within the major version: a provider adds
 * arguments there, and takes none away.
 */
export function standsFor(version: string, pinned: PinnedProvider): boolean {
  const [major] = version.split(".");
  return major === pinned.version.split(".")[0] && compareVersions(version, pinned.version) >= 0;
}

const remedy = "run npm run schemas";

function lacking(type: string): string {
  return `${type} is used, but not in the committed schemas: ${remedy}`;
}

function nameOf(source: string): string {
  const [name] = Object.entries(providers).find(([, provider]) => provider.source === source) ?? [];
  if (name === undefined) throw new OperationError(`${source} is no provider of constructs/shared/providers.ts, so it has no schema`);
  return name;
}
