import { verdict, type Row, type Unit } from "./rows";

/** Cells of the report's table: scenario, figure, median, range, limit, verdict. */
export function tableRow(row: Row): readonly string[] {
  const { scenario, figure, unit, median, min, max, limit } = row;
  const limited = limit === undefined ? "" : `${shown(limit.value, unit)}${limit.kind === "anchor" ? " (anchor)" : ""}`;
  const range = min === max ? "" : `${shown(min, unit)} - ${shown(max, unit)}`;
  return [scenario, figure, shown(median, unit), range, limited, limit === undefined ? "" : verdict(row)];
}

/** The figures for machines, not rounded. */
export function jsonRow(row: Row) {
  return { ...row, verdict: verdict(row) };
}

function shown(value: number, unit: Unit): string {
  switch (unit) {
    case "s":
    case "ms":
      return `${value.toFixed(2)} ${unit}`;
    case "MB":
    case "kB":
      return `${value.toFixed(0)} ${unit}`;
    case "times":
      return `${value.toFixed(2)} x`;
    case "count":
      return value.toFixed(0);
  }
}
