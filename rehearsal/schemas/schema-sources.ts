import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { PinnedProvider } from "../../constructs/shared/providers";
import { compareVersions } from "../../operations/checks/tools";
import { OperationError } from "../../operations/operation-error";
import type { VersionedSchema } from "./compact-schema";
import type { ProviderSchema } from "./provider-schema";
import { installProviders, schemasOf, type RequiredProviders } from "../real-providers/installed-providers";
import { standsFor } from "./committed-schemas";

/** Schemas by the providers' local names. */
export type SchemasByName = Readonly<Record<string, VersionedSchema>>;

/**
 * Full schemas from the engine, with the providers from wherever this machine gets them.
 * @throws OperationError when there is no engine, or no provider that stands for a pinned one
 */
export function schemasFromEngine(pinned: RequiredProviders): SchemasByName {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-schemas-"));
  try {
    const installed = installProviders(folder, pinned);
    if (typeof installed === "string") {
      throw new OperationError(`The engine gives no schemas: ${installed}\nA folder that holds schemas is named by --from.`);
    }
    const schemas = schemasOf(installed);
    return forEach(pinned, (name, provider) => {
      const { version } = installed.required[name] ?? provider;
      if (!standsFor(version, provider))
        return `${name} is ${version} on this machine, must be ${provider.version} or a later one of its major`;
      return versioned(schemas[provider.source], { source: provider.source, version }, "the engine");
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Full schemas from files `<name>-<version>.json` or `.json.gz`: answers of `providers schema -json`, or one provider's
 * part of such an answer with its `source`. The pinned version is taken, else the newest that stands for it.
 * @throws OperationError when a provider has no such file
 */
export function schemasFromFolder(folder: string, pinned: RequiredProviders): SchemasByName {
  if (!existsSync(folder)) throw new OperationError(`--from is ${folder}, must be a folder that holds schemas; there is none of this name`);
  const files = readdirSync(folder);
  return forEach(pinned, (name, provider) => {
    const versions = files.flatMap((file) => {
      const [, version] = new RegExp(`^${name}-(\\d+\\.\\d+\\.\\d+)\\.json(\\.gz)?$`).exec(file) ?? [];
      return version !== undefined && standsFor(version, provider) ? [{ file: join(folder, file), version }] : [];
    });
    const newestFirst = versions.sort((a, b) => compareVersions(b.version, a.version));
    const chosen = newestFirst.find(({ version }) => version === provider.version) ?? newestFirst[0];
    if (!chosen) return `${folder} holds no ${name}-${provider.version}.json or .json.gz, nor a later version of the same major`;
    return versioned(partOf(chosen.file, provider.source), { source: provider.source, version: chosen.version }, chosen.file);
  });
}

/** All problems are told at once. */
function forEach(pinned: RequiredProviders, find: (name: string, provider: PinnedProvider) => VersionedSchema | string): SchemasByName {
  const found = Object.entries(pinned).map(([name, provider]) => [name, find(name, provider)] as const);
  const problems = found.flatMap(([, schema]) => (typeof schema === "string" ? [schema] : []));
  if (problems.length > 0) throw new OperationError(problems.join("\n"));
  return Object.fromEntries(found.flatMap(([name, schema]) => (typeof schema === "string" ? [] : [[name, schema]])));
}

type Answer = ProviderSchema & { readonly source?: string; readonly provider_schemas?: Readonly<Record<string, ProviderSchema>> };

function partOf(file: string, source: string): ProviderSchema | undefined {
  const answer = parsed(file);
  return answer.provider_schemas ? answer.provider_schemas[source] : answer.source === source ? answer : undefined;
}

function parsed(file: string): Answer {
  try {
    const content = readFileSync(file);
    return JSON.parse((file.endsWith(".gz") ? gunzipSync(content) : content).toString("utf8")) as Answer;
  } catch (error) {
    throw new OperationError(`${file} is not readable as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function versioned(schema: ProviderSchema | undefined, { source, version }: PinnedProvider, origin: string): VersionedSchema | string {
  if (schema === undefined) return `${origin} says nothing about ${source}`;
  const { provider = { version: 0, block: {} }, resource_schemas = {}, data_source_schemas = {} } = schema;
  return { source, version, provider, resource_schemas, data_source_schemas };
}
