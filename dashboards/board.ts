import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
  type Dashboard,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { blanks } from "./blanks";
import { grafanaPanel, heights, widths } from "./look";
import type { Board, Panel } from "./panel";
import { inNamespaces } from "./selectors";
import { grafanaVariables, prometheus } from "./variables";

/** Columns of Grafana's grid. */
const columns = 24;

/** All dashboards have it: each leads to the others. */
const tag = "evenkeel";

/** A dashboard as Grafana has it: variables, links and marks of releases are the same on all of them. */
export function grafanaDashboard({ choosesWorkloads = false, description, rows, since = "6h", tags, title, uid }: Board): Dashboard {
  const dashboard = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([tag, ...tags])
    .readonly() // a change has to come from here
    .refresh("1m")
    .time({ from: `now-${since}`, to: "now" })
    .tooltip(DashboardCursorSync.Crosshair)
    .variables(grafanaVariables(choosesWorkloads))
    .annotation(releases)
    .links([
      new DashboardLinkBuilder("Dashboards")
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
      new DashboardLinkBuilder("Runbooks").url(blanks.runbooks).targetBlank(true),
    ]);
  let id = 1;
  let top = 0;
  for (const row of rows) {
    dashboard.withRow(new RowBuilder(row.title).id(id++).gridPos({ x: 0, y: top, w: columns, h: 1 }));
    const places = placed(row.panels, top + 1);
    for (const { panel, place } of places) dashboard.withPanel(grafanaPanel(panel, id++, place));
    top = Math.max(top + 1, ...places.map(({ place: { h, y } }) => y + h));
  }
  return dashboard.build();
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Places from left to right, in lines as high as the highest of their panels. */
function placed(panels: readonly Panel[], top: number): readonly { readonly panel: Panel; readonly place: Place }[] {
  let x = 0;
  let y = top;
  let lowest = top;
  return panels.map((panel) => {
    const { kind, width: w = widths[kind] } = panel;
    const h = heights[kind];
    if (x + w > columns) {
      x = 0;
      y = lowest;
    }
    const place = { x, y, w, h };
    x += w;
    lowest = Math.max(lowest, y + h);
    return { panel, place };
  });
}

/**
 * A new replica set is a new release: the time of its oldest pod. Grafana counts in milliseconds. When all pods of a release are lost at once, that
 * looks like another one.
 */
const releases = new AnnotationQueryBuilder()
  .name("Releases")
  .datasource(prometheus)
  .enable(true)
  .iconColor("blue")
  .expr(
    `1000 * min by (namespace, created_by_name) (kube_pod_created{${inNamespaces}} * on (namespace, pod) group_left (created_by_name) ` +
      `max by (namespace, pod, created_by_name) (kube_pod_info{${inNamespaces}, created_by_kind="ReplicaSet"}))`,
  )
  .titleFormat("Release")
  .textFormat("{{namespace}}/{{created_by_name}}")
  .tagKeys("namespace")
  .useValueForTime(true);
