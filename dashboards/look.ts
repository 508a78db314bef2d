import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  DashboardLinkBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type GridPos,
  type Panel as GrafanaPanel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { runbookFile } from "../constructs/monitoring/alert";
import { blanks } from "./blanks";
import type { Panel } from "./panel";
import { dataSourceOf, targetsOf } from "./targets";
import { visualizationOf } from "./visualizations";

/** How many of 24 columns a panel has where it says nothing. */
export const widths = { number: 6, bars: 12, lines: 12, table: 24, logs: 24, traces: 24 } as const satisfies Record<Panel["kind"], number>;

/** Rows of Grafana's grid, of 30 pixels each. */
export const heights = { number: 4, bars: 8, lines: 8, table: 9, logs: 10, traces: 10 } as const satisfies Record<Panel["kind"], number>;

/** A panel as Grafana has it: whatever it shows, it looks the same everywhere. */
export function grafanaPanel(panel: Panel, id: number, place: GridPos): Builder<GrafanaPanel> {
  const { alert, description, limits, max, title, unit } = panel;
  const built = visualizationOf(panel)
    .id(id)
    .title(title)
    .description(description)
    .datasource(dataSourceOf(panel))
    .gridPos(place)
    .unit(unit)
    .noValue("none")
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...limits]))
    .targets(targetsOf(panel));
  if (max !== undefined) built.max(max);
  if (alert !== undefined) {
    const runbook = new DashboardLinkBuilder(`Runbook of ${alert}`).url(`${blanks.runbooks}/${runbookFile(alert)}`).targetBlank(true);
    built.links([runbook]);
  }
  return built;
}
