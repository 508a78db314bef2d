import fc from "fast-check";
import { mermaid, safeId } from "../../diagram/mermaid";
import { decoded, hostile, hostileDiagram } from "./drawn";

describe("mermaid", () => {
  it("shows text as it is, whatever is in it", () => {
    const text = mermaid({ ...hostileDiagram, title: "dev" });
    const labels = [...text.matchAll(/\["([^"]*)"\]|\|"([^"]*)"\|/g)].map(([, box, arrow]) => box ?? arrow ?? "");

    expect(labels).toHaveLength(6); // two groups, three boxes, one arrow
    for (const label of labels) {
      const inside = label.replace(/<\/?b>|<br\/>/g, "");
      expect(inside).not.toMatch(/[<>"`|]/);
      expect(decoded(inside, /#(\d+);/g)).toMatch(/^(.+?)\1?$/u);
      expect(decoded(inside, /#(\d+);/g).replaceAll(hostile, "")).toBe("");
    }
    expect(text.match(/^ {2}end$/gm)).toHaveLength(2);
  });

  it("puts a panel into rows, with links that nobody sees", () => {
    const boxes = Array.from({ length: 8 }, (_, index) => ({ id: `box-${index}`, title: "Box", lines: [], look: "platform" as const }));
    const text = mermaid({ ...hostileDiagram, title: "dev", panels: [{ id: "platform", title: "Platform", boxes }] });

    expect(text.match(/box_\d ~~~ box_\d/g)).toEqual(["box_0 ~~~ box_4", "box_1 ~~~ box_5", "box_2 ~~~ box_6", "box_3 ~~~ box_7"]);
  });
});

describe("an id for Mermaid", () => {
  it.each([
    ["workload/ml-platform/data-processing", "workload__ml_platform__data_processing"],
    ["host/api.example.com", "host__apiX2eXexampleX2eXcom"],
    ["bucket/a--b", "bucket__aX2dXX2dXb"],
  ])("of %s is %s", (id, safe) => {
    expect(safeId(id)).toBe(safe);
  });

  it("is of letters, digits and underscores, and tells the id that it is made of, so that no two are the same", () => {
    const id = fc.string({ unit: fc.constantFrom("a", "b", "2", "d", "X", "-", "/", "_", ".", '"', " ", "\u{1f600}") });
    fc.assert(
      fc.property(id, (of) => {
        expect(safeId(of)).toMatch(/^\w*$/);
        expect(originalOf(safeId(of))).toBe(of);
      }),
    );
  });
});

/** The id that a safe one was made of. */
function originalOf(safe: string): string {
  return safe.replace(/X([0-9a-f]+)X|__|_/g, (part, code: string | undefined) => {
    if (code !== undefined) return String.fromCodePoint(parseInt(code, 16));
    return part === "_" ? "-" : "/";
  });
}
