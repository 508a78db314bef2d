import { Token } from "cdktf";
import { parse } from "yaml";
import { valuesDocument } from "../../../constructs/addons/values-document";

/** What cdktf writes for an attribute of a resource, and what Terraform makes of it. */
const reference = Token.asString({ creationStack: [], resolve: () => "known at apply" });

describe("valuesDocument", () => {
  it("is one document with sorted keys, whatever order they are given in", () => {
    const one = valuesDocument({ b: { d: 1, c: [2, { f: true, e: null }] }, a: "text" });
    expect(one).toBe("a: text\nb:\n  c:\n    - 2\n    - e: null\n      f: true\n  d: 1\n");
    expect(valuesDocument({ a: "text", b: { c: [2, { e: null, f: true }], d: 1 } })).toBe(one);
  });

  it("leaves out what is undefined, and keeps null: it takes a chart's default away", () => {
    expect(parse(valuesDocument({ kept: null, dropped: undefined, list: [{ dropped: undefined }] }))).toEqual({ kept: null, list: [{}] });
  });

  it.each([
    "yes",
    "off",
    "20:00",
    "1_000",
    "2026-01-01",
    "null",
    "1.10",
    "0123",
    "",
    " ",
    "a: b",
    "- a",
    "#",
    "*",
    "line\nbreak",
    "\u00e9",
  ])("keeps the text %j text, for Helm, too, which reads YAML 1.1", (text) => {
    expect(parse(valuesDocument({ text }), { version: "1.1" })).toEqual({ text });
  });

  it("repeats equal parts instead of pointing at them: Helm would resolve it, a reader would not", () => {
    const same = { cpu: "10m" };
    expect(valuesDocument({ one: same, other: same })).toBe("one:\n  cpu: 10m\nother:\n  cpu: 10m\n");
  });

  it.each([
    ["${HOSTNAME}", "$${HOSTNAME}"],
    ["%{ if }", "%%{ if }"],
    ["a ${b ${c}} d", "a $${b $${c}} d"],
    ["${never closed", "$${never closed"],
    ["$5 {x} $", "$5 {x} $"],
  ])("keeps %s from Terraform", (text, escaped) => {
    expect(parse(valuesDocument({ text, list: [text] }))).toEqual({ text: escaped, list: [escaped] });
  });

  it("leaves references to Terraform, quoted, as nobody knows what they become, and escapes what is around them", () => {
    expect(valuesDocument({ account: reference, text: `\${X} ${reference}` })).toBe(
      `account: "${reference}"\ntext: "$\${X} ${reference}"\n`,
    );
  });

  it.each([
    ["a number", Token.asNumber({ creationStack: [], resolve: () => 1 })],
    ["a list", Token.asList({ creationStack: [], resolve: () => [] })],
  ])("fails when a reference is %s: only text fits into a document", (_, value) => {
    expect(() => valuesDocument({ value })).toThrow("is no text; turn it into text with Token.asString");
  });
});
