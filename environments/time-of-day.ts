const minutesOfDay = 24 * 60;

/** Whether two hours that begin at these times of day, `HH:MM`, have a minute in common. Either may end on the next day. */
export function hoursOverlap(one: string, other: string): boolean {
  return minutesApart(one, other) < 60;
}

/** Minutes between two times of day, `HH:MM`, by the shorter way around the clock. */
export function minutesApart(one: string, other: string): number {
  const apart = Math.abs(minuteOf(one) - minuteOf(other));
  return Math.min(apart, minutesOfDay - apart);
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
