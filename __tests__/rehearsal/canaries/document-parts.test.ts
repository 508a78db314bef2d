import { planParts, stateParts, type DocumentPart } from "../../../rehearsal/canaries/document-parts";
import type { Values } from "../../../rehearsal/protocol/values";

const state = {
  version: 4,
  check_results: ["1"],
  outputs: { open: { value: "2", type: "3" }, closed: { value: "4", sensitive: true } },
  resources: [
    {
      mode: "managed",
      type: "cloud_thing",
      name: "One",
      provider: "5",
      instances: [
        { attributes: { id: "6" }, private: "7" },
        { attributes: { id: "8" }, index_key: "a" },
      ],
    },
    { mode: "data", type: "cloud_thing", name: "One", instances: [{ attributes: { id: "9" } }] },
  ],
};

const values = {
  outputs: { closed: { value: "a", sensitive: true } },
  root_module: {
    resources: [{ address: "cloud_thing.One", mode: "managed", type: "cloud_thing", values: { id: "b" }, odd: "c" }],
    odd: "d",
  },
};
const change = {
  address: "data.cloud_thing.One",
  mode: "data",
  type: "cloud_thing",
  change: { before: "e", after: "f", odd: "g" },
  odd: "h",
};
const plan = {
  configuration: ["i"],
  planned_values: values,
  prior_state: { values, odd: "j" },
  resource_changes: [change],
  resource_drift: [{ ...change, address: "cloud_thing.Two", mode: "managed", change: { before: "k", after: "l" } }],
  output_changes: { open: { before: "m", after: "n", before_sensitive: false, after_sensitive: true, odd: "o" } },
};

/** All texts in a value, and nothing of what the parts are told by. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return /^[0-9a-z]$/.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe.each<[string, Values, (document: Values) => readonly DocumentPart[]]>([
  ["a state", state, stateParts],
  ["a plan", plan, planParts],
])("the parts of %s", (_, document, partsOf) => {
  it("have all that is in it", () => {
    const found = partsOf(document).flatMap(({ value }) => textsIn(value));
    expect(new Set(found)).toEqual(new Set(textsIn(document)));
    expect(new Set(found).size).toBeGreaterThan(8);
  });
});

describe("a part", () => {
  const partsWith = (parts: readonly DocumentPart[], text: string) => parts.filter(({ value }) => textsIn(value).includes(text));

  it("of a state says which resource it is of, or which output", () => {
    const parts = stateParts(state);
    expect(partsWith(parts, "8")).toEqual([{ place: 'cloud_thing.One["a"]', type: "cloud_thing", value: { id: "8" } }]);
    expect(partsWith(parts, "9")).toEqual([{ place: "data.cloud_thing.One", type: "data.cloud_thing", value: { id: "9" } }]);
    expect(partsWith(parts, "4")).toEqual([{ place: "output closed", value: { value: "4" }, sensitive: true }]);
    expect(partsWith(parts, "2")[0]?.sensitive).toBe(false);
    expect(partsWith(parts, "7")[0]).toEqual({ place: "cloud_thing.One, beside its attributes", value: { private: "7" } });
  });

  it("of a plan says so before and after", () => {
    const parts = planParts(plan);
    const ofTwo = { place: "cloud_thing.Two", type: "cloud_thing" };
    expect([...partsWith(parts, "k"), ...partsWith(parts, "l")]).toEqual([
      { ...ofTwo, value: "k" },
      { ...ofTwo, value: "l" },
    ]);
    expect(partsWith(parts, "e")[0]).toMatchObject({ place: "data.cloud_thing.One", type: "data.cloud_thing" });
    expect([partsWith(parts, "m")[0]?.sensitive, partsWith(parts, "n")[0]?.sensitive]).toEqual([false, true]);
    expect(partsWith(parts, "b")).toHaveLength(2);
    for (const rest of ["c", "d", "g", "h", "i", "j", "o"]) expect(partsWith(parts, rest).filter(({ type }) => type)).toEqual([]);
  });
});
