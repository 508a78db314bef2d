import { weekDays } from "../../environments/data-fields";

/** An hour of every day, as services of AWS write it: `01:00-02:00`. @param start `HH:MM` */
export function dailyHour(start: string): string {
  return `${start}-${hourLater(start)}`;
}

/** An hour of every week, as services of AWS write it: `sun:23:30-mon:00:30`. */
export function weeklyHour({ day, start }: { readonly day: (typeof weekDays)[number]; readonly start: string }): string {
  const end = hourLater(start);
  const endDay = end < start ? (weekDays[(weekDays.indexOf(day) + 1) % weekDays.length] ?? day) : day;
  return `${day}:${start}-${endDay}:${end}`;
}

/** Some hours after a time of the day, which may be on the next. @param time `HH:MM` */
export function hourLater(time: string, hours = 1): string {
  const [hour = "", minute = ""] = time.split(":");
  return `${String((Number(hour) + hours) % 24).padStart(2, "0")}:${minute}`;
}
