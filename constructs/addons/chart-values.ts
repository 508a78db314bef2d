import { Token } from "cdktf";
import { stringify } from "yaml";

/** Values of a Helm chart. */
export interface ChartValues {
  readonly [key: string]: ChartValue | undefined;
}
export type ChartValue = string | number | boolean | null | readonly ChartValue[] | ChartValues;

/** One value over another: maps are merged, anything else is replaced, as Helm does it. */
export function mergedValues(under: ChartValues, over: ChartValues): ChartValues {
  return Object.entries(over).reduce<ChartValues>((merged, [key, value]) => {
    const below = merged[key];
    return { ...merged, [key]: isMap(below) && isMap(value) ? mergedValues(below, value) : value };
  }, under);
}

/**
 * Values as one YAML document with sorted keys, so that equal values are equal text. Text keeps what Terraform would
 * take for its own: `${` is only a reference where cdktf put one.
 */
export function valuesDocument(values: ChartValues): string {
  return stringify(escaped(values), { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false });
}

function escaped(value: ChartValue | undefined): unknown {
  if (typeof value === "string") return Token.isUnresolved(value) ? value : value.replace(/([$%])\{/g, "$1$1{");
  if (isList(value)) return value.map(escaped);
  if (!isMap(value)) return value;
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(given.map(([key, item]) => [key, escaped(item)]));
}

/** Whether a value is a map. */
export function isMap(value: ChartValue | undefined): value is ChartValues {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Whether a value is a list. */
export function isList(value: ChartValue | undefined): value is readonly ChartValue[] {
  return Array.isArray(value);
}
