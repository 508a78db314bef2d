import { mergedValues, type ChartValues } from "../../constructs/addons/chart-values";
import { knownKeysOf, type KnownKeys } from "../../constructs/addons/known-keys";
import { chartNames, charts, type ChartName } from "../../constructs/ledger/charts";
import { skipped } from "../cannot-run";
import { synthesizedVariants } from "../every-variant";
import { manifestsOf, valuesOf, type Manifest } from "../released";
import { chartData, withoutData, type ChartData } from "./chart-data";
import { schemaCheck } from "./schema-errors";
import { closedSchema, objectSchema, type StructuralSchema } from "./structural-schema";

/** Charts of the ledger that the data has no folder for. Their keys are not checked. */
const unknownCharts: readonly ChartName[] = ["prometheus-operator-crds"];

const data = chartData();

describe("charts and types", () => {
  if (data) againstData(data);
  else skipped(withoutData);
});

function againstData(facts: ChartData): void {
  const known = new Map(
    chartNames.flatMap((chart) => (unknownCharts.includes(chart) ? [] : [[chart, facts.nameOf(chart) ?? ""] as const])),
  );
  const releases = synthesizedVariants().flatMap(({ name, resources }) =>
    resources
      .filter(({ type, values }) => type === "helm_release" && values.repository !== undefined)
      .map(({ values }) => ({ variant: name, chart: values.chart as ChartName, values: valuesOf(values) as ChartValues })),
  );

  it("are known for every chart of the ledger, in its very version", () => {
    const versions = new Map(facts.rows("CHARTS").map(({ chart = "", version = "" }) => [chart, version]));
    expect([...known].map(([chart, name]) => [chart, versions.get(name)])).toEqual(
      [...known.keys()].map((chart) => [chart, charts[chart].version]),
    );
    for (const chart of unknownCharts) expect(facts.nameOf(chart)).toBeUndefined();
  });

  it("have the keys that are committed, and have them all", () => {
    const rows = facts.rows("KEYS");
    for (const [chart, name] of known) {
      const keys = pathsOf(knownKeysOf(chart) ?? {});
      const takes = (path: string) =>
        keys.has(path) || [...keys].some(([open, below]) => below === "anything" && path.startsWith(`${open}.`));
      const missing = rows.filter((row) => row.chart === name && !takes(row.key ?? "")).map(({ key }) => `${chart} ${key}`);
      expect(missing).toEqual([]);
    }
  });

  it.each([...known.keys()])("take the values of %s by their own schema", (chart) => {
    const folder = known.get(chart) ?? "";
    const schema = facts.yaml(`${folder}/values.schema.json`);
    const defaults = (facts.yaml(`${folder}/values.yaml`) ?? {}) as ChartValues;
    const errors = schemaCheck(schema ?? {});
    const wrong = releases
      .filter((release) => release.chart === chart)
      .flatMap(({ variant, values }) => errors(withoutNull(mergedValues(defaults, values), values)).map((error) => `${variant}${error}`));
    expect(wrong).toEqual([]);
  });

  it("have a schema for some charts at least", () => {
    expect([...known.values()].filter((folder) => facts.yaml(`${folder}/values.schema.json`) !== undefined).length).toBeGreaterThan(4);
  });

  const objects = synthesizedVariants().flatMap(({ name, stacks }) =>
    Object.values(stacks).flatMap((stack) => manifestsOf(stack).map((object) => ({ variant: name, object }))),
  );
  const kinds = [...new Set(objects.map(({ object }) => `${object.apiVersion} ${object.kind}`))].sort();

  it("are objects of types that the charts bring", () => {
    expect(kinds.length).toBeGreaterThan(5);
    expect(kinds.filter((kind) => typeOf(facts, known, kind) === undefined)).toEqual([]);
  });

  it.each(kinds)("take every %s by its schema, in a version that is served, without a field that would be dropped", (kind) => {
    const errors = schemaCheck(typeOf(facts, known, kind) ?? {});
    const wrong = objects
      .filter(({ object }) => `${object.apiVersion} ${object.kind}` === kind)
      .flatMap(({ variant, object }) => errors(object).map((error) => `${variant} ${nameOf(object)}${error}`));
    expect(wrong).toEqual([]);
  });
}

/** Dotted paths of all keys, with what stands there. */
function pathsOf(keys: KnownKeys, prefix = ""): ReadonlyMap<string, "keys" | "anything" | "scalar"> {
  if (keys === 0) return new Map();
  return new Map(
    Object.entries(keys).flatMap(([key, below]) => {
      const kind = below === 0 ? "scalar" : Object.keys(below).length === 0 ? "anything" : "keys";
      return [[`${prefix}${key}`, kind] as const, ...pathsOf(below, `${prefix}${key}.`)];
    }),
  );
}

/** Values as Helm hands them to a chart: a null of ours takes the chart's default away. */
function withoutNull(merged: ChartValues, own: ChartValues): ChartValues {
  return Object.fromEntries(
    Object.entries(merged).flatMap(([key, value]) => {
      const given = own[key];
      if (given === null) return [];
      return [[key, isValues(value) && isValues(given) ? withoutNull(value, given) : value]];
    }),
  );
}

function isValues(value: unknown): value is ChartValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON Schema of a kind in the version that objects have; undefined when no chart of ours serves it. */
function typeOf(facts: ChartData, known: ReadonlyMap<ChartName, string>, kind: string): StructuralSchema | undefined {
  const [apiVersion = "", name = ""] = kind.split(" ");
  const [group, version] = apiVersion.split("/");
  const row = facts
    .rows("CRDS")
    .find(
      (type) =>
        type.group === group &&
        type.version === version &&
        type.kind === name &&
        type.served === "true" &&
        [...known.values()].includes(type.chart ?? ""),
    );
  const definition = row && (facts.yaml(row.file ?? "") as { spec?: { versions: readonly VersionOfType[] } } | undefined);
  const schema = definition?.spec?.versions.find((each) => each.name === version)?.schema.openAPIV3Schema;
  return schema && objectSchema(schema);
}

interface VersionOfType {
  readonly name: string;
  readonly schema: { readonly openAPIV3Schema: StructuralSchema };
}

function nameOf({ metadata }: Manifest): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

describe("closedSchema", () => {
  const errors = (schema: StructuralSchema, value: unknown) => schemaCheck(closedSchema(schema))(value);
  const spec = { type: "object", properties: { text: { type: "string" } } };

  it("takes what is listed", () => {
    expect(errors(spec, { text: "x" })).toEqual([]);
  });

  it("fails when a field is not listed, at any depth", () => {
    expect(errors(spec, { tetx: "x" })).toEqual([': must NOT have additional properties {"additionalProperty":"tetx"}']);
    expect(errors({ type: "array", items: { type: "object", properties: { spec } } }, [{ spec: { other: 1 } }])).toHaveLength(1);
    expect(errors({ type: "object", additionalProperties: spec }, { any: { other: 1 } })).toHaveLength(1);
  });

  it("takes anything where the type keeps it", () => {
    expect(errors({ ...spec, "x-kubernetes-preserve-unknown-fields": true }, { other: 1 })).toEqual([]);
    expect(errors({ type: "object", additionalProperties: { type: "string" } }, { other: "x" })).toEqual([]);
    expect(errors({ type: "object" }, { other: 1 })).toEqual([]);
  });

  it("knows numbers that may be text, what may be null, and bounds as OpenAPI writes them", () => {
    const port = { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, { type: "string" }] };
    expect([1, "http", true].map((value) => errors(port, value).length > 0)).toEqual([false, false, true]);
    expect([null, "x", 1].map((value) => errors({ type: "string", nullable: true }, value).length > 0)).toEqual([false, false, true]);
    expect([1, 2].map((value) => errors({ type: "integer", minimum: 1, exclusiveMinimum: true }, value).length > 0)).toEqual([true, false]);
  });

  it("leaves conditions as they are: they list only some fields", () => {
    const either = { ...spec, anyOf: [{ required: ["text"], properties: { text: { minLength: 2 } } }] };
    expect(errors(either, { text: "xx" })).toEqual([]);
    expect(errors(either, { text: "x" })).not.toEqual([]);
  });

  it("takes what only Terraform knows, wherever text belongs", () => {
    expect(errors({ type: "string", pattern: "^arn:" }, "${aws_kms_key.x.arn}")).toEqual([]);
    expect(errors({ type: "string", pattern: "^arn:" }, "x")).toHaveLength(1);
  });
});
