import { committedSchemas } from "../rehearsal/schemas/committed-schemas";
import type { BlockSchema, CtyType, SchemaMap } from "../rehearsal/schemas/provider-schema";
import type { EnvironmentJson } from "./environment-json";
import type { Place } from "./place";

/** Type of an output, as who reads it sees it. */
export type OutputType = "string" | "number" | "boolean" | "list" | "object";

/** Reads the types of outputs, those of references from the schemas of the providers. */
export class OutputTypes {
  private readonly schemas: SchemaMap = Object.assign(
    {},
    ...committedSchemas().map(({ resource_schemas }) => resource_schemas),
  ) as SchemaMap;

  /** The type of an output; undefined when it is missing, or refers to what is not there. */
  of(output: Place, environment: EnvironmentJson): OutputType | undefined {
    const { value } = output;
    if (Array.isArray(value)) return value.some((item) => this.dangles(item, environment)) ? undefined : "list";
    if (typeof value !== "string") return value === undefined || value === null ? undefined : (typeof value as OutputType);
    if (this.dangles(value, environment)) return undefined;
    const resolved = environment.resolved(value);
    const [, type = "", path = ""] = /^\$\{([a-z]\w*)\.[\w-]+\.([\w.[\]]+)\}$/.exec(String(resolved)) ?? [];
    if (type === "") return "string"; // text with references in it, or the result of a function that makes text
    return outputType(typeAt(this.schemas[type]?.block, path.split(/[.[\]]+/).filter(Boolean)));
  }

  /** Whether a text refers to a resource that does not exist. */
  private dangles(value: unknown, environment: EnvironmentJson): boolean {
    const references = String(value).match(/\$\{[^}]+\}/g) ?? [];
    return references.some((reference) => {
      const resolved = environment.resolved(reference);
      return /^\$\{[a-z]\w*_\w+\./.test(String(resolved)) ? environment.parts.referred(resolved) === undefined : resolved === undefined;
    });
  }
}

function typeAt(block: BlockSchema | undefined, path: readonly string[]): CtyType | undefined {
  const [name = "", ...rest] = path.filter((key) => !/^\d+$/.test(key));
  const nested = block?.block_types?.[name];
  if (nested) return rest.length > 0 ? typeAt(nested.block, rest) : ["list", "dynamic"];
  const type = block?.attributes?.[name]?.type;
  if (rest.length === 0 || type === undefined) return type;
  const item = Array.isArray(type) && typeof type[1] !== "string" ? (type[1] as CtyType) : "dynamic";
  return Array.isArray(item) && item[0] === "object" ? (item[1] as Readonly<Record<string, CtyType>>)[rest[0] ?? ""] : "string";
}

function outputType(type: CtyType | undefined): OutputType | undefined {
  if (type === undefined || type === "dynamic") return undefined;
  if (type === "bool") return "boolean";
  if (typeof type === "string") return type;
  return type[0] === "list" || type[0] === "set" || type[0] === "tuple" ? "list" : "object";
}
