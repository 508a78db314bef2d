import { unknown } from "../../../rehearsal/protocol/values";
import type { BlockSchema, NestingMode } from "../../../rehearsal/schemas/provider-schema";
import { changeAttributes, knownValues, valueAt, type VisitedAttribute } from "../../../rehearsal/simulation/block-values";

const text = { type: "string", optional: true } as const;

function withBlocks(nesting_mode: NestingMode): BlockSchema {
  return { attributes: { name: text }, block_types: { rule: { nesting_mode, block: { attributes: { id: text, port: text } } } } };
}

function withNestedAttribute(nesting_mode: NestingMode): BlockSchema {
  return { attributes: { rule: { optional: true, nested_type: { nesting_mode, attributes: { id: text, port: text } } } } };
}

/** What is visited of some paths, in order. */
function visits(block: BlockSchema, values: Record<string, unknown>, prior: unknown, path: string) {
  const visited: Pick<VisitedAttribute, "value" | "prior">[] = [];
  changeAttributes(block, values, prior, (attribute) => {
    if (attribute.path === path) visited.push({ value: attribute.value, prior: attribute.prior });
    return attribute.value;
  });
  return visited;
}

describe("changeAttributes", () => {
  it("gives every attribute of the schema a value, and drops what the schema does not have", () => {
    const block = { attributes: { id: text, name: text } };
    expect(changeAttributes(block, { name: "one", old: "gone" }, undefined, ({ value }) => value)).toEqual({ id: null, name: "one" });
  });

  it("tells an attribute's name, path and schema", () => {
    const seen: string[] = [];
    const deep: BlockSchema = {
      attributes: { arn: text },
      block_types: { rule: { nesting_mode: "list", block: withBlocks("set") } },
    };
    changeAttributes(deep, { rule: [{ rule: [{}] }] }, undefined, ({ name, path, schema }) => {
      expect(schema).toBe(text);
      seen.push(`${name} at ${path}`);
      return null;
    });
    expect(seen).toEqual(["arn at arn", "name at rule.name", "id at rule.rule.id", "port at rule.rule.port"]);
  });

  it.each([
    ["blocks", withBlocks],
    ["nested attributes", withNestedAttribute],
  ])("finds the prior value of %s in a list by place, in a set by equality, in a map by key", (_, schemaOf) => {
    const [a, b, c] = ["a", "b", "c"].map((port) => ({ id: port.toUpperCase(), port }));
    const ids = (nesting: NestingMode, rule: unknown, prior: unknown) =>
      visits(schemaOf(nesting), { rule }, prior === undefined ? undefined : { rule: prior }, "rule.id").map((visit) => visit.prior);

    expect(ids("list", [b, a, c], [a, b])).toEqual(["A", "B", undefined]);
    expect(ids("set", [c, b], [a, b])).toEqual([undefined, "B"]);
    expect(ids("map", { y: c, x: a }, { x: a })).toEqual([undefined, "A"]);
    expect(ids("single", a, b)).toEqual(["B"]);
    expect(ids("group", a, undefined)).toEqual([undefined]);
  });

  it.each<[NestingMode, unknown, unknown]>([
    ["single", { port: "a" }, { id: "new", port: "new" }],
    [
      "list",
      [{ port: "a" }, { port: "b" }],
      [
        { id: "new", port: "new" },
        { id: "new", port: "new" },
      ],
    ],
    ["map", { x: { port: "a" } }, { x: { id: "new", port: "new" } }],
  ])("changes what lies in a %s", (nesting, rule, changed) => {
    const result = changeAttributes(withBlocks(nesting), { name: null, rule }, undefined, () => "new");
    expect(result).toEqual({ name: "new", rule: changed });
  });

  it("leaves blocks that are absent or wholly unknown as they are", () => {
    const rules = [null, undefined, unknown, [], [unknown]].map(
      (rule) => changeAttributes(withBlocks("list"), { rule }, undefined, () => "new").rule,
    );
    expect(rules).toEqual([null, null, unknown, [], [unknown]]);
  });

  it("changes the attributes in what an attribute was changed to", () => {
    const result = changeAttributes(withNestedAttribute("list"), { rule: null }, undefined, ({ path }) =>
      path === "rule" ? [{ port: "a" }] : "new",
    );
    expect(result).toEqual({ rule: [{ id: "new", port: "new" }] });
  });
});

describe("valueAt", () => {
  const resource = {
    name: "one",
    rule: [
      { id: "A", filter: { days: 1 } },
      { id: "B", filter: null },
    ],
    later: unknown,
  };

  it.each([
    ["name", "one"],
    ["rule.id", ["A", "B"]],
    ["rule.filter.days", [1, null]],
    ["later", unknown],
    ["later.id", unknown],
    ["absent", undefined],
    ["name.first", undefined],
  ])("finds %s", (path, value) => {
    expect(valueAt(resource, path.split("."))).toEqual(value);
  });
});

describe("knownValues", () => {
  it("makes undefined of what is unknown, at any depth", () => {
    expect(knownValues({ id: unknown, rule: [{ id: unknown, port: 1 }, unknown], nothing: null })).toEqual({
      id: undefined,
      rule: [{ id: undefined, port: 1 }, undefined],
      nothing: null,
    });
  });
});
