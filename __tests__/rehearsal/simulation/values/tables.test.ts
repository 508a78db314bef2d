import type { AttributeSchema } from "../../../../rehearsal/schemas/provider-schema";
import { committedSchemas } from "../../../../rehearsal/schemas/committed-schemas";
import { fallbackValue } from "../../../../rehearsal/simulation/values/fallbacks";
import { valueTable } from "../../../../rehearsal/simulation/values/tables";
import { attributesByPath, exampleOf, fits, typeOfAttribute } from "./schema-paths";
import { valueContext } from "./value-context";

/** Types that the fallbacks serve well enough. */
const withoutTable: readonly string[] = [];

/** Types with a table that nothing uses yet, so that there is no schema to check it with. */
const aheadOfUse: readonly string[] = [];

const schemas = Object.fromEntries(committedSchemas().flatMap(({ resource_schemas }) => Object.entries(resource_schemas)));
const attributes: Readonly<Record<string, Readonly<Record<string, AttributeSchema>>>> = Object.fromEntries(
  Object.entries(schemas).map(([type, { block }]) => [type, attributesByPath(block)]),
);
const entries = Object.entries(valueTable)
  .filter(([type]) => !aheadOfUse.includes(type))
  .flatMap(([type, { planned = {}, applied = {} }]) =>
    [planned, applied].flatMap((values) => Object.entries(values).map(([path, value]) => ({ type, path, value }))),
  );
const plannedEntries = Object.entries(valueTable).flatMap(([type, { planned = {} }]) =>
  Object.entries(planned).map(([path, value]) => ({ type, path, value })),
);

/** The resource with nothing but what is required to be asked for, with nothing known, and with everything. */
function samples(type: string) {
  const block = schemas[type]?.block ?? {};
  const empty = Object.fromEntries([
    ...Object.keys(block.attributes ?? {}).map((name) => [name, null]),
    ...Object.keys(block.block_types ?? {}).map((name) => [name, []]),
  ]) as Record<string, unknown>;
  return [empty, {}, exampleOf(block)];
}

describe("the tables of values", () => {
  it("have every type that is used", () => {
    expect(Object.keys(schemas).filter((type) => valueTable[type] === undefined)).toEqual(withoutTable);
  });

  it("have no other types, but those that come next", () => {
    expect(Object.keys(valueTable).filter((type) => schemas[type] === undefined)).toEqual(aheadOfUse);
  });

  it("have paths of the schema only, and of these what the provider computes", () => {
    const renewed = Object.entries(valueTable).flatMap(([type, table]) => (table.renewed ?? []).map((path) => ({ type, path })));
    const wrong = [...entries, ...renewed.filter(({ type }) => !aheadOfUse.includes(type))]
      .filter(({ type, path }) => attributes[type]?.[path]?.computed !== true)
      .map(({ type, path }) => `${type}.${path}`);
    expect(wrong).toEqual([]);
  });

  it("make values of the schema's types, whatever the resource has", () => {
    const wrong = entries.flatMap(({ type, path, value }) =>
      samples(type)
        .map((values) => value(valueContext(type, values)))
        .filter((made) => made !== undefined && !fits(made, typeOfAttribute(attributes[type]?.[path] ?? { type: "dynamic" })))
        .map((made) => `${type}.${path} is ${JSON.stringify(made)}`),
    );
    expect(wrong).toEqual([]);
  });

  it("say for every type with a region where it is", () => {
    const regional = Object.keys(attributes).filter((type) => attributes[type]?.region !== undefined);
    expect(regional.length).toBeGreaterThan(20);
    expect(regional.filter((type) => valueTable[type]?.planned?.region?.(valueContext(type)) !== "eu-central-1")).toEqual([]);
  });

  it("merge the provider's tags into those of every type that has tags", () => {
    const tags = { Name: "one" };
    const expected = { Project: "ml-platform", Name: "one" };
    const tagged = Object.keys(attributes).filter((type) => attributes[type]?.tags_all !== undefined);
    expect(tagged.length).toBeGreaterThan(10);
    for (const type of tagged)
      expect([type, valueTable[type]?.planned?.tags_all?.(valueContext(type, { tags }))]).toEqual([type, expected]);
  });

  it("plan with nothing that only exists when the resource does", () => {
    const hex = () => {
      throw new Error("a plan has no object that digits could be made for");
    };
    for (const { type, value } of plannedEntries) {
      for (const values of samples(type)) expect(() => value({ ...valueContext(type, values), hex })).not.toThrow();
    }
  });

  it("make the same values in every run, and other ids for other resources", () => {
    const all = (key: string) =>
      entries.map(({ type, path, value }) => [
        `${type}.${path}`,
        value(valueContext(type, exampleOf(schemas[type]?.block ?? {}), { key })),
      ]);
    expect(all("one")).toEqual(all("one"));
    const ids = ["aws_vpc", "aws_subnet", "aws_kms_key", "aws_launch_template"];
    for (const type of ids) {
      const [one, two] = ["one", "two"].map((key) => valueTable[type]?.applied?.id?.(valueContext(type, {}, { key })));
      expect(one).not.toBe(two);
    }
  });
});

describe("the fallbacks", () => {
  it("make values of the schema's types for every attribute of every type", () => {
    const wrong = Object.entries(attributes).flatMap(([type, paths]) =>
      Object.entries(paths)
        .map(([path, schema]) => ({
          path,
          schema,
          made: fallbackValue(path.split(".").at(-1) ?? "", typeOfAttribute(schema), valueContext(type)),
        }))
        .filter(({ schema, made }) => made === undefined || !fits(made, typeOfAttribute(schema)))
        .map(({ path, made }) => `${type}.${path} is ${JSON.stringify(made)}`),
    );
    expect(wrong).toEqual([]);
  });
});
