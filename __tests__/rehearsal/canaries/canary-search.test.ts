import { array, assert, constantFrom, property, string, uint8Array } from "fast-check";
import { canariesIn, canaryLength, canaryText, type Canary } from "../../../rehearsal/canaries/canary";
import { CanarySearch } from "../../../rehearsal/canaries/canary-search";

const canary = (text: string): Canary => ({ text, stack: "dev-state", type: "random_password", key: "one", attribute: "result" });
const one = canary(canaryText("0123456789ab"));
const two = canary(canaryText("1123456789ab"));
const search = new CanarySearch([one, two]);

describe("a canary", () => {
  it("is what is looked for to find the secret around it", () => {
    expect(one.text).toHaveLength(canaryLength);
    expect(canariesIn(`-----BEGIN\n${one.text}/abc=\n`)).toEqual([one.text]);
  });

  it("is each text of a secret that has several", () => {
    expect(canariesIn({ user: one.text, of: [`${two.text}.`] })).toEqual([one.text, two.text]);
  });

  it("is the secret itself where that has no place for one, unless it is like any other text", () => {
    expect(canariesIn("AB-CD-EF")).toEqual(["AB-CD-EF"]);
    expect(canariesIn(["AB-CD-E", "", null, 12345678, true])).toEqual([]);
  });
});

describe("CanarySearch", () => {
  it("finds each canary in a text once, and no other", () => {
    expect(search.find(`${two.text}${one.text} ${two.text}`)).toEqual([two, one]);
    expect(search.find("canary0123456789ad canary")).toEqual([]);
    expect(new CanarySearch([]).find("anything")).toEqual([]);
  });

  it("finds it in base64 and in base64 of base64, whatever is before and after it", () => {
    assert(
      property(uint8Array(), uint8Array(), constantFrom(1, 2), constantFrom("base64", "base64url"), (before, after, times, encoding) => {
        let text = Buffer.concat([before, Buffer.from(one.text), after]).toString(encoding);
        if (times === 2) text = Buffer.from(`key: ${text}\n`).toString(encoding);
        expect(search.find(`data: ${text}`)).toEqual([one]);
      }),
    );
  });

  it("finds nothing in texts that have none", () => {
    assert(property(array(string()), (texts) => expect(search.find(texts.join())).toEqual([])));
  });

  it("finds a secret without a canary, also as an engine or a program writes it into JSON", () => {
    const odd = canary('a<b"$.*+?c');
    const found = new CanarySearch([odd]);
    for (const text of [odd.text, JSON.stringify(odd.text), '"a\\u003cb\\"$.*+?c"']) expect(found.find(text)).toEqual([odd]);
    expect(found.find("a<b$c")).toEqual([]);
  });
});
