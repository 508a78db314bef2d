import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of the bindings that the code imports. */
export interface UsedBinding {
  /** E.g. `aws`. */
  readonly provider: string;
  /** Folder in the bindings' `lib`, e.g. `s3-bucket` or `data-aws-vpc`. */
  readonly folder: string;
}

/** Folders with code that makes resources. */
const folders = ["constructs", "stacks"];

/** What JavaScript has a name for already is spelled otherwise in the bindings. */
const respelled: Readonly<Record<string, string>> = { "random/string-resource": "random_string" };

/**
 * Types that the code uses, read from its text: no committed environment takes every path through it. Resource types as
 * Terraform spells them, data sources as `data.<type>`; sorted.
 * @param project the folder that holds `constructs/` and `stacks/`
 */
export function usedTypes(project = join(__dirname, "../..")): readonly string[] {
  const own = sources(project).flatMap((text) => [...text.matchAll(/\btfResourceType = "([^"]+)"/g)].map(([, type = ""]) => type));
  return [...new Set([...usedBindings(project).map(typeOf), ...own])].sort();
}

/** The bindings that the code imports, each once; not those of providers. */
export function usedBindings(project = join(__dirname, "../..")): readonly UsedBinding[] {
  const imports = sources(project).flatMap((text) => [...text.matchAll(/"@cdktf\/provider-([a-z]+)\/lib\/([^"/]+)/g)]);
  const unique = new Map(imports.map(([path, provider = "", folder = ""]) => [path, { provider, folder }]));
  return [...unique.values()].filter(({ folder }) => folder !== "provider");
}

/** The type that a file of the bindings is about. */
export function typeOf({ provider, folder }: UsedBinding): string {
  const snake = folder.replaceAll("-", "_");
  return respelled[`${provider}/${folder}`] ?? (snake.startsWith("data_") ? snake.replace("_", ".") : `${provider}_${snake}`);
}

/** Name of the provider that a type belongs to: what is before the first underscore. */
export function providerOf(type: string): string {
  return type.replace(/^data\./, "").replace(/_.*/, "");
}

function sources(project: string): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(project, folder, file), "utf8")),
  );
}
