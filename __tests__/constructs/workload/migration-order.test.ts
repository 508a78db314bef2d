import { inOrder } from "../../../constructs/workload/migration-order";

describe("the order of migrations", () => {
  const ids = (items: Parameters<typeof inOrder>[0]) => inOrder(items).map(({ id }) => id);

  it("is their own where none waits", () => {
    expect(ids(["b", "a", "c"].map((id) => ({ id, after: [] })))).toEqual(["b", "a", "c"]);
  });

  it("has each after all that it waits for", () => {
    expect(
      ids([
        { id: "c", after: ["a", "b"] },
        { id: "b", after: ["a"] },
        { id: "a", after: [] },
      ]),
    ).toEqual(["a", "b", "c"]);
  });

  it.each([
    [
      "wait for each other",
      [
        { id: "a", after: ["b"] },
        { id: "b", after: ["a"] },
      ],
      "a, b wait for each other",
    ],
    [
      "wait for what is not there",
      [
        { id: "a", after: [] },
        { id: "b", after: ["c"] },
      ],
      "b wait for each other, or for what is not there",
    ],
  ])("fails when some %s", (_, items, told) => {
    expect(() => inOrder(items)).toThrow(told);
  });
});
