import type { ChartValues } from "../../constructs/addons/chart-values";
import { valueProblems } from "../../constructs/addons/value-problems";
import { chartNames } from "../../constructs/ledger/charts";
import type { Rule } from "./rule";

/** Values that a chart does not know are told with everything else that is wrong, not one add-on after the other. */
const addonValues: Rule = {
  reads: ["addonValues"],
  check: ({ name, addonValues }) =>
    chartNames.flatMap((chart) => valueProblems(`${name}.addonValues.${chart}`, chart, (addonValues[chart] ?? {}) as ChartValues)),
};

export const addonRules: readonly Rule[] = [addonValues];
