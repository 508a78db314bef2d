import { must, text } from "../environments/fields";

/** What each of the five fields of cron takes, and the words for it (Kubernetes, "CronJob", "Schedule syntax"). */
const parts: readonly { readonly min: number; readonly max: number; readonly words?: readonly string[] }[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] },
  { min: 0, max: 6, words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/** When something runs: five fields of cron. */
export function schedule() {
  const limit = must("five fields of cron such as 0 3 * * *", "write minute, hour, day, month and day of the week, 0 for Sunday");
  return text(100).refine(isSchedule, limit);
}

function isSchedule(value: string): boolean {
  const fields = value.split(" ");
  return (
    fields.length === parts.length && parts.every((part, index) => (fields[index] ?? "").split(",").every((item) => isItem(item, part)))
  );
}

/** `*`, a number, a range, each with a step behind it or none. */
function isItem(item: string, { min, max, words = [] }: (typeof parts)[number]): boolean {
  const [, first = "", last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/([1-9]\d?))?$/.exec(item) ?? [];
  if (step !== undefined && Number(step) > max) return false;
  if (first === "*") return last === undefined;
  const numbers = [first, last ?? first].map((word) =>
    /^\d{1,2}$/.test(word) ? Number(word) : words.includes(word.toLowerCase()) ? words.indexOf(word.toLowerCase()) + min : NaN,
  );
  const [from = NaN, to = NaN] = numbers;
  return min <= from && from <= to && to <= max;
}
