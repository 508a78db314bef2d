import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { ChartName } from "../../constructs/ledger/charts";
import { chartDataVariable, machineVariable } from "../../environments/variables";

/** Why tests against the data were skipped. */
export const withoutData =
  `What charts and types say of themselves was not compared: set ${chartDataVariable} to a folder with <chart>/values.yaml, ` +
  "<chart>/values.schema.json, <chart>/crds/, KEYS.tsv, CHARTS.tsv and CRDS.tsv.";

/** Facts about charts, as they were collected from the charts' sources. */
export class ChartData {
  constructor(private readonly folder: string) {}

  /** Rows of a table, each by the names of its columns. */
  rows(table: "CHARTS" | "CRDS" | "KEYS"): readonly Readonly<Record<string, string>>[] {
    const [head = "", ...lines] = readFileSync(join(this.folder, `${table}.tsv`), "utf8")
      .trimEnd()
      .split("\n");
    const names = head.split("\t");
    return lines.map((line) => Object.fromEntries(line.split("\t").map((value, index) => [names[index] ?? "", value])));
  }

  /** Name of a chart's folder, and in the tables; undefined when there is none. */
  nameOf(chart: ChartName): string | undefined {
    return readdirSync(this.folder).find((name) => this.yaml(`${name}/Chart.yaml`)?.name === chart);
  }

  /** A file in YAML or JSON, by its path; undefined when there is none. */
  yaml(path: string): Readonly<Record<string, unknown>> | undefined {
    const file = join(this.folder, path);
    if (!existsSync(file)) return undefined;
    return (parse(readFileSync(file, "utf8"), { merge: true }) ?? {}) as Readonly<Record<string, unknown>>;
  }
}

/** The data of this machine; undefined when it has none. */
export function chartData(): ChartData | undefined {
  const folder = machineVariable(chartDataVariable);
  return folder === undefined ? undefined : new ChartData(folder);
}
