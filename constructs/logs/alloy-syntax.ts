/** Text of Alloy's language that is no value of its own: the name of another component's export, or an expression. */
export class AlloyExpression {
  constructor(readonly text: string) {}
}

/** What an argument can be. */
export type AlloyValue = string | number | boolean | AlloyExpression | readonly AlloyValue[] | { readonly [key: string]: AlloyValue };

/** A block of Alloy's language: a component, or a part of one. */
export interface AlloyBlock {
  /** E.g. `loki.write`. */
  readonly name: string;
  /** Tells components of the same name apart. @default none, as for parts */
  readonly label?: string;
  readonly arguments?: Readonly<Record<string, AlloyValue>>;
  /** In the order in which they count. */
  readonly blocks?: readonly AlloyBlock[];
}

/** Blocks as a file that Alloy reads (Alloy documentation, "Configuration syntax"). */
export function alloyText(blocks: readonly AlloyBlock[]): string {
  return blocks.map((block) => blockText(block, "")).join("\n");
}

function blockText({ name, label, arguments: values = {}, blocks = [] }: AlloyBlock, indent: string): string {
  const head = `${indent}${name}${label === undefined ? "" : ` ${quoted(label)}`} {`;
  const inner = `${indent}  `;
  const lines = [
    ...Object.entries(values).map(([key, value]) => `${inner}${key} = ${valueText(value)}\n`),
    ...blocks.map((block) => blockText(block, inner)),
  ];
  return lines.length === 0 ? `${head} }\n` : `${head}\n${lines.join("")}${indent}}\n`;
}

function valueText(value: AlloyValue): string {
  if (value instanceof AlloyExpression) return value.text;
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object") return String(value);
  if (isList(value)) return `[${value.map(valueText).join(", ")}]`;
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${quoted(key)} = ${valueText(item)}`)
    .join(", ")} }`;
}

function isList(value: AlloyValue): value is readonly AlloyValue[] {
  return Array.isArray(value);
}

/** Strings have the escapes of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
