import { dayAt, daysBetween, isDay } from "../../environments/day";

describe("dayAt", () => {
  it("is the day in UTC, whatever the machine's time zone", () => {
    expect(dayAt(new Date("2026-11-21T23:59:59.999Z"))).toBe("2026-11-21");
    expect(dayAt(new Date("2026-11-22T00:00:00+14:00"))).toBe("2026-11-21");
  });
});

describe("isDay", () => {
  it.each(["2026-11-21", "2028-02-29", "2026-12-31"])("takes %s", (day) => {
    expect(isDay(day)).toBe(true);
  });

  it.each(["2026-02-29", "2026-13-01", "2026-1-1", "21.11.2026", "2026-11-21T00:00:00Z", "", "today", " 2026-11-21"])(
    "fails when it is %j",
    (day) => {
      expect(isDay(day)).toBe(false);
    },
  );
});

describe("daysBetween", () => {
  it.each([
    ["2026-11-21", "2026-11-21", 0],
    ["2026-11-21", "2027-02-19", 90],
    ["2026-11-22", "2026-11-21", -1],
    ["2028-02-28", "2028-03-01", 2],
  ])("from %s to %s are %i", (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });
});
