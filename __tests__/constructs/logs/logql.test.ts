import { logqlProblem, selectorProblem } from "../../../constructs/logs/logql";

describe("LogQL", () => {
  it.each([
    '{namespace="search"} |= "timeout"',
    'sum by (namespace, workload) (rate({tier="application"} | detected_level="error" [10m])) > 0.2',
    'sum(count_over_time({namespace=~"a|b"} | json | status >= 500 [5m]))',
  ])("parses %s", (expression) => {
    expect(logqlProblem(expression)).toBeUndefined();
  });

  it.each([
    ['rate({a="b"}[5m]', "its end"],
    ["{}", "}"],
    ['{a="b"} | | json', "| json"],
    ["", "its end"],
    ['sum by (namespace) (rate({tier="application"}[10 apples]))', "10 apples]))"],
  ])("fails when it stops to be an expression: %s", (expression, from) => {
    expect(logqlProblem(expression)).toBe(from);
  });
});

describe("a selector of streams", () => {
  it.each(['{namespace="search"}', '{namespace=~"a|b", tier!="platform"}', "{container=`api`}"])("is %s", (selector) => {
    expect(selectorProblem(selector)).toBeUndefined();
  });

  it.each([
    ['{namespace="search"', 'does not parse at "its end"'],
    ['namespace="search"', 'does not parse at "namespace="search""'],
    ['{namespace="search"} |= "x"', "is more than a selector"],
    ['rate({namespace="search"}[5m])', "is more than a selector"],
    ['{namespace=""}', "fits every stream"],
    ['{namespace=~".*", tier!="platform"}', "fits every stream"],
  ])("fails when it is %s", (selector, problem) => {
    expect(selectorProblem(selector)).toBe(problem);
  });
});
