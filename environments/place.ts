import type { Problem } from "../constructs/shared/errors";

/** Where a value stands, given by its keys below `root`. An element is named with its list: its number alone says nothing. */
export function placeOf(root: string, keys: readonly string[]): Pick<Problem, "path" | "field"> {
  const named = /^\d+$/.test(keys.at(-1) ?? "") ? 2 : 1;
  return { path: [root, ...keys.slice(0, -named)].join("."), field: keys.slice(-named).join(".") || "(whole)" };
}
