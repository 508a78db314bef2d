/** Dotted places of every value of an object, lists and objects included. */
export function placesOf(value: unknown, path = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, child]) => placesOf(child, path === "" ? key : `${path}.${key}`));
  return path === "" ? below : [path, ...below];
}
