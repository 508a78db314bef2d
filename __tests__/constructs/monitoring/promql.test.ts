import { lookBackSeconds, metricsOf, promqlProblem } from "../../../constructs/monitoring/promql";

describe("promqlProblem", () => {
  it.each(["vector(1)", "sum by (a) (rate(b[5m])) / on (a) group_left () c > 0", "a unless b offset 1h", "max_over_time(a[1h:5m])"])(
    "takes %s",
    (expression) => {
      expect(promqlProblem(expression)).toBeUndefined();
    },
  );

  it.each([
    ["sum(a", "its end"],
    ["a b", "b"],
    ["rate(a[5x])", "x])"],
    ["a > > 1", "> 1"],
  ])("fails when it is %s", (expression, wrong) => {
    expect(promqlProblem(expression)).toBe(wrong);
  });
});

describe("metricsOf", () => {
  it("finds each metric once, and neither labels nor functions", () => {
    expect(metricsOf('sum by (pod) (rate(a_total{pod="b"}[5m])) / on (pod) group_left (node) c:d:e > a_total')).toEqual([
      "a_total",
      "c:d:e",
    ]);
  });

  it("finds none where there is none", () => {
    expect(metricsOf("vector(1)")).toEqual([]);
  });
});

describe("lookBackSeconds", () => {
  it.each([
    ["a", 0],
    ["rate(a[5m])", 300],
    ["rate(a[1h30m])", 5400],
    ["rate(a[1w2d])", 777_600],
    ["rate(a[300])", 300],
    ["a offset 2d", 172_800],
    ["a offset -1h", 0],
    ["rate(a[5m] offset 1h)", 3900],
    ["max_over_time(sum(rate(a[1h]))[30d:5m])", 2_595_600],
    ["rate(a[5m]) / rate(b[1d])", 86_400],
    ["predict_linear(a[6h], 30 * 86400)", 21_600],
  ])("of %s is %i", (expression, seconds) => {
    expect(lookBackSeconds(expression)).toBe(seconds);
  });
});
