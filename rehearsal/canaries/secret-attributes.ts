import type { AttributeSchema, BlockSchema } from "../schemas/provider-schema";

/** Secrets that the providers' schemas do not mark. A certificate is none: it is shown to whoever asks. */
const unmarked: Readonly<Record<string, readonly string[]>> = {
  kind_cluster: ["client_key", "kubeconfig"],
};

/** Arguments that schemas mark, and that are no place for a secret all the same: who may read a release reads its values. */
const readable: Readonly<Record<string, readonly string[]>> = {
  helm_release: ["set_sensitive", "set_wo"],
};

/** Whether an attribute holds a secret. @param path dotted, blocks without an index */
export function isSecret(type: string, path: string, schema: AttributeSchema): boolean {
  return schema.sensitive === true || schema.write_only === true || isUnmarked(type, path);
}

/** Whether an attribute is known to hold a secret, and its schema does not say so: the engine shows it. */
export function isUnmarked(type: string, path: string): boolean {
  return unmarked[type]?.includes(path) ?? false;
}

/**
 * Whether a secret may be at a place in a resource.
 * @param path names and indices from the top of the resource
 */
export function mayHoldSecret(type: string, block: BlockSchema, path: readonly (string | number)[]): boolean {
  const names: string[] = [];
  let around: BlockSchema | undefined = block;
  for (const name of path) {
    if (typeof name === "number") continue;
    names.push(name);
    const schema: AttributeSchema | undefined = around?.attributes?.[name];
    if (schema && isSecret(type, names.join("."), schema)) return !readable[type]?.includes(names[0] ?? "");
    around = schema ? schema.nested_type : around?.block_types?.[name]?.block;
  }
  return false;
}
