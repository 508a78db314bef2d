import { dailyHour, hourLater, weeklyHour } from "../../../constructs/shared/hour-windows";

describe("windows of an hour", () => {
  it.each([
    ["01:00", "01:00-02:00"],
    ["23:30", "23:30-00:30"],
  ])("begin at %s every day", (start, window) => {
    expect(dailyHour(start)).toBe(window);
  });

  it.each([
    [{ day: "sun", start: "03:00" }, "sun:03:00-sun:04:00"],
    [{ day: "wed", start: "23:00" }, "wed:23:00-thu:00:00"],
    [{ day: "sun", start: "23:59" }, "sun:23:59-mon:00:59"],
  ] as const)("begin at %j every week, and may end on the next day", (start, window) => {
    expect(weeklyHour(start)).toBe(window);
  });

  it("knows the hours after a time", () => {
    expect([hourLater("09:05"), hourLater("22:15", 4), hourLater("00:00", 24)]).toEqual(["10:05", "02:15", "00:00"]);
  });
});
