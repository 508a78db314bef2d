import { PanelBuilder as BarsBuilder } from "@grafana/grafana-foundation-sdk/bargauge";
import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import { ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as LogsBuilder } from "@grafana/grafana-foundation-sdk/logs";
import { PanelBuilder as NumberBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as LinesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Panel } from "./panel";
import { refIdOf } from "./targets";

type Visualization = LinesBuilder | NumberBuilder | BarsBuilder | TableBuilder | LogsBuilder;

/** How a panel shows what it has. */
export function visualizationOf(panel: Panel): Visualization {
  switch (panel.kind) {
    case "lines":
      return lines(panel);
    case "number":
      return new NumberBuilder().colorMode(BigValueColorMode.Value).graphMode(BigValueGraphMode.None).reduceOptions(newest());
    case "bars":
      return new BarsBuilder().min(0).displayMode(BarGaugeDisplayMode.Basic).orientation(VizOrientation.Horizontal).reduceOptions(newest());
    case "table":
      return table(panel);
    case "logs":
      return new LogsBuilder().showTime(true).wrapLogMessage(true).enableLogDetails(true);
    case "traces":
      return new TableBuilder().showHeader(true);
  }
}

function newest(): ReduceDataOptionsBuilder {
  return new ReduceDataOptionsBuilder().calcs(["lastNotNull"]);
}

function lines({ limits }: Panel): LinesBuilder {
  const shown = limits.length > 1 ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off;
  return new LinesBuilder()
    .min(0)
    .lineWidth(1)
    .fillOpacity(10)
    .showPoints(VisibilityMode.Never)
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(shown))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(["lastNotNull", "max"]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

/** Every query is a column; what has the same labels is a row. */
function table({ labels = [], queries }: Panel): TableBuilder {
  const columnOf = (index: number) => (queries.length === 1 ? "Value" : `Value #${refIdOf(index)}`);
  const columns = queries.map((_, index) => columnOf(index));
  const built = new TableBuilder().showHeader(true).transformations([
    { id: "merge", options: {} },
    { id: "filterFieldsByName", options: { include: { names: [...labels, ...columns] } } },
    { id: "organize", options: { renameByName: Object.fromEntries(queries.map(({ legend }, index) => [columnOf(index), legend])) } },
  ]);
  for (const { legend, limits, unit } of queries) {
    built.overrideByName(legend, [
      ...(unit === undefined ? [] : [{ id: "unit", value: unit }]),
      ...(limits === undefined ? [] : [{ id: "thresholds", value: { mode: ThresholdsMode.Absolute, steps: limits } }]),
      { id: "custom.cellOptions", value: { type: "color-text" } },
    ]);
  }
  return built;
}
