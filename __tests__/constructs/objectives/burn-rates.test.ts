import { burnRateOf, burns, burnsWithin } from "../../../constructs/objectives/burn-rates";

const all = [...burns.fast, ...burns.slow];

describe("burn rates", () => {
  it("are those of the workbook for 30 days", () => {
    expect(all.map((burn) => burnRateOf(burn, 30))).toEqual([14.4, 6, 3, 1]);
  });

  it("go with the window of the objective", () => {
    expect(burns.fast.map((burn) => burnRateOf(burn, 7))).toEqual([3.36, 1.4]);
    expect(burns.fast.map((burn) => burnRateOf(burn, 28))).toEqual([13.44, 5.6]);
    expect(all.map((burn) => burnRateOf(burn, 90))).toEqual([43.2, 18, 9, 3]);
  });

  it("are never below the pace at which the budget lasts", () => {
    expect(burns.slow.map((burn) => burnRateOf(burn, 7))).toEqual([1, 1]);
    expect(all.map((burn) => burnRateOf(burn, 1))).toEqual([1, 1, 1, 1]);
  });

  it("are asked for in windows that are within that of the objective", () => {
    expect(burnsWithin(all, 3).map(({ long }) => long)).toEqual(["1h", "6h", "1d", "3d"]);
    expect(burnsWithin(all, 2).map(({ long }) => long)).toEqual(["1h", "6h", "1d"]);
    expect(burnsWithin(all, 1).map(({ long }) => long)).toEqual(["1h", "6h", "1d"]);
  });
});
