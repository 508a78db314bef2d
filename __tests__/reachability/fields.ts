/** Arguments of a block in a stack's JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** A block, and none where there is nothing. */
export function block(value: unknown): Fields {
  const [first] = blocks(value);
  return first ?? {};
}

/** Blocks, which Terraform lets anybody write as a list or, where it is one, as it is. */
export function blocks(value: unknown): readonly Fields[] {
  const list = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  return list.filter((each): each is Fields => typeof each === "object" && each !== null);
}

/** @throws when it is not text */
export function text(value: unknown): string {
  if (typeof value !== "string") throw new Error(`${JSON.stringify(value)} is not text`);
  return value;
}

/** Texts of a list; none where there is no list. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

/** Texts by their keys; none where there is nothing. */
export function textsByKey(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(block(value)).map(([key, each]) => [key, text(each)]));
}
