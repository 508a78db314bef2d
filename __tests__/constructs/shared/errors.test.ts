import { assertNever, ConfigurationError, describe as told, refuse, type Problem } from "../../../constructs/shared/errors";

const problem: Problem = { path: "dev.cluster", field: "version", value: "1.2", limit: "1.35", fix: "choose it" };

test("a problem is told as path, field, value, limit and fix", () => {
  expect(told(problem)).toBe('dev.cluster: version is "1.2", must be 1.35; choose it');
});

test.each([
  [undefined, "missing"],
  [null, "null"],
  [NaN, "NaN"],
  [Infinity, "Infinity"],
  [-1.5, "-1.5"],
  [true, "true"],
  ["", '""'],
  ["a\nb", '"a\\nb"'],
  ["\u0430\u001b[2J\u2028", '"\\u0430\\u001b[2J\\u2028"'],
  [["a", 1], '["a",1]'],
  [{ a: { b: null } }, '{"a":{"b":null}}'],
])("the value %j is shown as %s", (value, shown) => {
  expect(told({ ...problem, value })).toBe(`dev.cluster: version is ${shown}, must be 1.35; choose it`);
});

test("a value is shown whole up to 120 characters, and shortened beyond", () => {
  const quoted = (length: number) => told({ ...problem, value: "x".repeat(length - 2) });
  expect(quoted(120)).toContain(`is "${"x".repeat(118)}", must be`);
  expect(quoted(121)).toContain(`is "${"x".repeat(119)}... (121 characters), must be`);
});

test("an error counts its problems and tells each on a line", () => {
  expect(new ConfigurationError([problem]).message).toBe(`1 problem in the configuration:\n  ${told(problem)}`);
  expect(new ConfigurationError([problem, problem]).message).toBe(
    `2 problems in the configuration:\n  ${told(problem)}\n  ${told(problem)}`,
  );
  expect(new ConfigurationError([problem]).name).toBe("ConfigurationError");
});

test("no problem is no error; fails when there is one", () => {
  expect(() => refuse([])).not.toThrow();
  expect(() => refuse([problem])).toThrow(ConfigurationError);
});

test("fails when a switch meets a value that it has no case for", () => {
  expect(() => assertNever("azure" as never)).toThrow('no case for "azure"');
});
