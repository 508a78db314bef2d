import { appliedValue, plannedValue } from "./value-context";

const type = "random_password";
const everything = { lower: true, upper: true, numeric: true, special: true };

function password(values: Readonly<Record<string, unknown>>, key = "one"): string {
  return String(appliedValue("result", type, { ...everything, ...values }, { key }));
}

describe("values of random", () => {
  it("make a password as long as asked for, another for each resource", () => {
    expect(password({ length: 32 })).toHaveLength(32);
    expect(password({ length: 32 })).toBe(password({ length: 32 }));
    expect(password({ length: 32 })).not.toBe(password({ length: 32 }, "two"));
  });

  it.each([
    [{ special: false }, /^[A-Za-z0-9]{200}$/],
    [{ special: false, numeric: false }, /^[A-Za-z]{200}$/],
    [{ special: false, number: false, numeric: null }, /^[A-Za-z]{200}$/],
    [{ special: false, upper: false }, /^[a-z0-9]{200}$/],
    [{ special: false, lower: false }, /^[A-Z0-9]{200}$/],
    [{ lower: false, upper: false, numeric: false, override_special: "_." }, /^[_.]{200}$/],
  ])("take the characters that %j leaves", (classes, form) => {
    expect(password({ length: 200, ...classes })).toMatch(form);
  });

  it("take as many of a class as asked for", () => {
    expect(password({ length: 12, min_numeric: 6, min_special: 6 }).replace(/[^0-9]/g, "")).toHaveLength(6);
  });

  it("begin with a canary where that has the characters and the length that were asked for", () => {
    expect(password({ length: 32, special: false, min_numeric: 14 })).toMatch(/^canary[0-9a-f]{12}[A-Za-z0-9]{14}$/);
    expect(password({ length: 32 })).not.toContain(password({ length: 32 }, "two").slice(0, 18));
    for (const none of [{ length: 17 }, { length: 32, min_special: 15 }, { length: 32, lower: false }, { length: 32, numeric: false }]) {
      expect(password(none)).not.toContain("canary");
      expect(password(none)).toHaveLength(none.length);
    }
  });

  it("have the form of a bcrypt hash beside it", () => {
    expect(appliedValue("bcrypt_hash", type)).toMatch(/^\$2a\$10\$[./A-Za-z0-9]{53}$/);
    expect(appliedValue("bcrypt_hash", type)).toMatch(/canary[0-9a-f]{12}/);
  });

  it("know the classes in a plan, by either name of the digits", () => {
    expect(plannedValue("lower", type)).toBe(true);
    expect(plannedValue("numeric", type, { number: false })).toBe(false);
    expect(plannedValue("number", type)).toBe(true);
  });

  it("make a key of as many bytes as asked for, the same in both of its forms, with a canary where that has room", () => {
    const keyOf = (attribute: string, length: number, key = "one") =>
      Buffer.from(String(appliedValue(attribute, "random_bytes", { length }, { key })), attribute as "base64" | "hex");
    for (const length of [1, 14, 15, 32]) {
      expect(keyOf("base64", length)).toHaveLength(length);
      expect(keyOf("hex", length)).toEqual(keyOf("base64", length));
      expect(/^canary[0-9a-f]{12}/.test(keyOf("base64", length).toString("base64"))).toBe(length >= 15);
    }
    expect(keyOf("base64", 32)).not.toEqual(keyOf("base64", 32, "two"));
  });
});
