import Table from "cli-table3";

/** A column of a table. */
export interface Column {
  readonly head: string;
  /** @default left */
  readonly align?: "left" | "right";
}

/** A table for the terminal: plain text, so that it can be piped and pasted. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly (string | number)[])[]): string {
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ align }) => align ?? "left"),
    style: { head: [], border: [], compact: true }, // no colours, no line between rows
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
