import { verdict } from "./cannot-run";

describe("verdict", () => {
  it("runs the suite where nothing is missing, in CI and elsewhere", () => {
    expect(verdict(undefined, undefined)).toBe("run");
    expect(verdict(undefined, "true")).toBe("run");
  });

  it("skips the suite where something is missing", () => {
    expect(verdict("terraform was not found", undefined)).toBe("skip");
  });

  it("fails when something is missing in CI", () => {
    expect(verdict("terraform was not found", "true")).toBe("fail");
  });
});
