import { parse } from "yaml";

/** How a text within the JSON is read on: values of a chart, a policy, a script. */
export type Format = "yaml" | "json" | "lines";

/** One step from a stack's JSON towards a value. */
export type Step = string | number | { readonly format: Format };

/** A place in a stack's JSON, and what is there. Undefined is there where nothing is. */
export class Place {
  constructor(
    /** `<environment>-<layer>`. */
    readonly stack: string,
    readonly steps: readonly Step[],
    readonly value: unknown,
  ) {}

  /** A place below. */
  at(...keys: readonly (string | number)[]): Place {
    const value = keys.reduce(
      (found: unknown, key) => (isObject(found) ? (found as Readonly<Record<string, unknown>>)[key] : undefined),
      this.value,
    );
    return new Place(this.stack, [...this.steps, ...keys], value);
  }

  /** What a text says when it is read on. */
  as(format: Format): Place {
    return new Place(this.stack, [...this.steps, { format }], typeof this.value === "string" ? documentOf(this.value, format) : undefined);
  }

  /** The items of a list; a block that cdktf writes without a list is one. */
  items(): readonly Place[] {
    if (Array.isArray(this.value)) return this.value.map((_, index) => this.at(index));
    return isObject(this.value) ? [this] : [];
  }

  /** The first item that is meant; nothing where none is. */
  item(isMeant: (item: Place) => boolean): Place {
    return this.items().find(isMeant) ?? new Place(this.stack, [...this.steps, "?"], undefined);
  }

  /** `prod-data: resource.aws_db_instance.Database_1.storage_encrypted` */
  get path(): string {
    return `${this.stack}: ${this.steps.map(told).join("").replace(/^\./, "")}`;
  }
}

function told(step: Step): string {
  if (typeof step === "number") return `[${step}]`;
  if (typeof step === "string") return /^[\w-]+$/.test(step) ? `.${step}` : `["${step}"]`;
  return ""; // what is in a text is told as if it were JSON
}

/** Documents that were read: many guarantees ask for the same. */
const documents: Readonly<Record<Format, Map<string, unknown>>> = { yaml: new Map(), json: new Map(), lines: new Map() };

function documentOf(text: string, format: Format): unknown {
  const known = documents[format];
  if (!known.has(text)) known.set(text, readers[format](text));
  return known.get(text);
}

const readers: Readonly<Record<Format, (text: string) => unknown>> = {
  yaml: (text) => parse(text, { version: "1.1" }), // as Helm reads it
  json: (text) => JSON.parse(text) as unknown,
  lines: (text) => text.split("\n"),
};

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
