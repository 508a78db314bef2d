import type { Column } from "../../operations/table";
import { steps, type StackResult } from "./environment-rehearsal";

/** Columns of the table at the end of a rehearsal. */
export const reportColumns: readonly Column[] = [
  { head: "stack" },
  { head: "resources", align: "right" },
  ...steps.map((head) => ({ head, align: "right" }) as const),
  { head: "seconds", align: "right" },
];

/** Rows of that table: a stack, its resources, seconds of each step and in all. */
export function reportRows(results: readonly StackResult[]): readonly (readonly (string | number)[])[] {
  return results.map(({ stack, resources, seconds }) => {
    const total = Object.values(seconds).reduce((sum, of) => sum + of, 0);
    return [stack, resources, ...steps.map((step) => seconds[step]?.toFixed(1) ?? ""), total.toFixed(1)];
  });
}
