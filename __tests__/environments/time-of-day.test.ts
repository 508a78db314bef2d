import fc from "fast-check";
import { hoursOverlap } from "../../environments/time-of-day";

test.each([
  ["01:00", "03:00", false],
  ["01:00", "02:00", false],
  ["01:00", "01:59", true],
  ["01:59", "01:00", true],
  ["02:01", "01:01", false],
  ["05:30", "05:30", true],
  ["23:30", "00:29", true],
  ["23:30", "00:30", false],
  ["00:00", "23:01", true],
  ["00:00", "23:00", false],
])("an hour from %s and one from %s overlap: %s", (one, other, expected) => {
  expect(hoursOverlap(one, other)).toBe(expected);
});

test("it does not matter which is named first, nor how far both are from midnight", () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  const time = (value: number) => `${String(Math.floor((value % 1440) / 60)).padStart(2, "0")}:${String(value % 60).padStart(2, "0")}`;
  fc.assert(
    fc.property(minute, minute, minute, (one, other, shift) => {
      const expected = hoursOverlap(time(one), time(other));
      expect(hoursOverlap(time(other), time(one))).toBe(expected);
      expect(hoursOverlap(time(one + shift), time(other + shift))).toBe(expected);
    }),
  );
});
