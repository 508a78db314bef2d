import { withoutTokenTraces } from "../../stacks/token-traces";

describe("withoutTokenTraces", () => {
  it("hands the result on", () => {
    expect(withoutTokenTraces(() => 42)).toBe(42);
  });

  it("lets nothing be captured meanwhile, and everything afterwards, even when the work fails", () => {
    const captured = (): unknown => {
      const object: { stack?: string } = {};
      Error.captureStackTrace(object);
      return object.stack;
    };
    expect(withoutTokenTraces(captured)).toBeUndefined();
    expect(() =>
      withoutTokenTraces(() => {
        throw new Error("broken");
      }),
    ).toThrow("broken");
    expect(captured()).toContain("token-traces.test");
  });

  it("leaves errors their traces", () => {
    expect(withoutTokenTraces(() => new Error("broken").stack)).toContain("token-traces.test");
  });
});
