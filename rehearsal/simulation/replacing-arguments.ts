import table from "./replacing-paths.json";

const replacing: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(table));

/**
 * Arguments that a provider cannot change in place: a change of one destroys the resource and makes it anew. Dotted paths, blocks
 * without an index; a path stands for all that is below it, too. Empty for a type that is not listed.
 *
 * No schema says this, so `replacing-paths.json` does: what the providers' source marks with `ForceNew` or `RequiresReplace`.
 * For AWS every argument was changed in a plan of the real provider 5.100.0; what became different up to the pinned version is
 * from its source and changelog. What replaces under a condition only, e.g. for an older engine version, is left out. `region` has
 * no mark, but replaces in every AWS type that takes it.
 *
 * A new type is added by hand, from the source, or from `requires_replace` in a real provider's plans. The test holds each path
 * against the committed schemas, and wants every type of theirs.
 */
export function replacingArguments(type: string): readonly string[] {
  return replacing.get(type) ?? [];
}
