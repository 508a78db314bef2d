import { parse, stringify } from "yaml";
import { EnvironmentJson } from "../../parity/environment-json";
import type { Format, Place, Step } from "../../parity/place";
import type { Layer } from "../../constructs/catalog";
import type { TerraformJson } from "../../operations/terraform-json";

/** What becomes of a value; undefined takes it away. */
export type Change = (value: unknown) => unknown;

/** An environment whose JSON somebody has edited at a place; texts within it are read, edited and written again. */
export function edited(environment: EnvironmentJson, { stack, steps }: Pick<Place, "stack" | "steps">, change: Change): EnvironmentJson {
  const layer = stack.slice(environment.name.length + 1) as Layer;
  const json = environment.stacks[layer];
  if (json === undefined) throw new Error(`no stack ${stack} to edit`);
  return new EnvironmentJson(environment.name, { ...environment.stacks, [layer]: put(json, steps, change) as TerraformJson });
}

/** An environment without the resources below constructs. */
export function withoutConstructs(environment: EnvironmentJson, constructs: readonly string[]): EnvironmentJson {
  const lost = environment.below(constructs).places();
  return lost.reduce((remaining, place) => edited(remaining, place, () => undefined), environment);
}

function put(value: unknown, [step, ...rest]: readonly Step[], change: Change): unknown {
  if (step === undefined) return change(value);
  if (typeof step === "object") return writers[step.format](put(readers[step.format](String(value)), rest, change));
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => (index === step ? listed(put(item, rest, change)) : [item]));
  const copy: Record<string, unknown> = { ...(value as Readonly<Record<string, unknown>> | undefined) };
  const next = put(copy[step], rest, change);
  if (next === undefined) Reflect.deleteProperty(copy, step);
  else copy[step] = next;
  return copy;
}

function listed(item: unknown): readonly unknown[] {
  return item === undefined ? [] : [item];
}

/** Texts are edited again and again, each time from the committed one. */
const read = new Map<string, unknown>();

function yamlOf(text: string): unknown {
  const known = read.get(text) ?? parse(text, { version: "1.1" });
  read.set(text, known);
  return known;
}

const readers: Readonly<Record<Format, (text: string) => unknown>> = {
  yaml: yamlOf,
  json: (text) => JSON.parse(text) as unknown,
  lines: (text) => text.split("\n"),
};

const writers: Readonly<Record<Format, (value: unknown) => string>> = {
  yaml: (value) => stringify(value, { version: "1.1" }),
  json: (value) => JSON.stringify(value),
  lines: (value) => (value as readonly string[]).join("\n"),
};
