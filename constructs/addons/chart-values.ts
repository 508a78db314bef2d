import { Token } from "cdktf";
import { Scalar, stringify } from "yaml";

/** Values of a Helm chart. */
export interface ChartValues {
  readonly [key: string]: ChartValue | undefined;
}
export type ChartValue = string | number | boolean | null | readonly ChartValue[] | ChartValues;

/** One value over another: maps are merged, anything else is replaced, as Helm does it. What is undefined replaces nothing. */
export function mergedValues(under: ChartValues, over: ChartValues): ChartValues {
  return given(over).reduce<ChartValues>((merged, [key, value]) => {
    const below = merged[key];
    return { ...merged, [key]: isMap(below) && isMap(value) ? mergedValues(below, value) : value };
  }, under);
}

/**
 * Values as one YAML document with sorted keys, so that equal values are equal text. Text keeps what Terraform would
 * take for its own: `${` is only a reference where cdktf put one.
 * @throws Error for a reference to something else than text: its value would not fit into a document
 */
export function valuesDocument(values: ChartValues): string {
  return stringify(prepared(values), { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false });
}

function prepared(value: ChartValue): unknown {
  if (typeof value === "string") return text(value);
  if (Token.isUnresolved(value)) throw new Error("a reference in the values of a chart is no text; turn it into text with Token.asString");
  if (isList(value)) return value.map(prepared);
  if (!isMap(value)) return value;
  return Object.fromEntries(given(value).map(([key, item]) => [key, prepared(item)]));
}

function text(value: string): unknown {
  const escaped = value.replace(/[$%]\{[^{}$%]*\}?/g, (part) => (Token.isUnresolved(part) ? part : `${part.slice(0, 1)}${part}`));
  if (!Token.isUnresolved(value)) return escaped;
  // Quoted, as nobody knows here what the reference becomes: an account id without quotes would be a number.
  const scalar = new Scalar(escaped);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

function given(values: ChartValues): readonly (readonly [string, ChartValue])[] {
  return Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}

/** Whether a value is a map. */
export function isMap(value: ChartValue | undefined): value is ChartValues {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Whether a value is a list. */
export function isList(value: ChartValue | undefined): value is readonly ChartValue[] {
  return Array.isArray(value);
}
