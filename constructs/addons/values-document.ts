import { Token } from "cdktf";
import { Scalar, stringify } from "yaml";
import { given, isList, isMap, type ChartValue, type ChartValues } from "./chart-values";

/**
 * Values as one YAML document with sorted keys, so that equal values are equal text. Text keeps what Terraform would
 * take for its own: `${` is only a reference where cdktf put one. In YAML 1.1, as Helm reads it: there `yes` is true and 20:00 is 1200.
 * @throws Error for a reference to something else than text: its value would not fit into a document
 */
export function valuesDocument(values: ChartValues): string {
  return stringify(prepared(values), { sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false, version: "1.1" });
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
