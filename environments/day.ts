const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The day of a moment in UTC, `YYYY-MM-DD`. Days written like this are in order as text. */
export function dayAt(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const moment = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : undefined;
  return moment !== undefined && !Number.isNaN(moment.getTime()) && dayAt(moment) === text;
}

/** Days from one day to another; negative when the other one is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMilliseconds);
}
