import type { Dashboard, Panel, RowPanel } from "@grafana/grafana-foundation-sdk/dashboard";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Languages that dashboards ask in, by the type of the data source. */
export type Language = "prometheus" | "loki" | "tempo";

/** What a dashboard asks, and where it stands in it. */
export interface Asked {
  /** Dashboard and panel, for messages. */
  readonly where: string;
  readonly language: Language;
  /** As Grafana sends it, but for variables: those have a value that any expression takes. */
  readonly expression: string;
}

/** What queries of all languages have. */
interface Target {
  readonly datasource: { readonly type: Language };
  /** PromQL and LogQL. */
  readonly expr: string;
  /** TraceQL. */
  readonly query: string;
}

const folder = join(__dirname, "../../dashboards/generated");

/** The dashboards as they are committed. */
export function committedDashboards(): readonly Dashboard[] {
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Dashboard);
}

/** Panels of a dashboard, without the rows. */
export function panelsOf({ panels = [] }: Dashboard): readonly Panel[] {
  return panels.filter((panel): panel is Panel => panel.type !== "row");
}

/** Everything with a place, rows as well. */
export function placedOf({ panels = [] }: Dashboard): readonly (Panel | RowPanel)[] {
  return panels;
}

/** Everything that a dashboard asks: its panels, its variables, and its marks. */
export function askedBy(dashboard: Dashboard): readonly Asked[] {
  const { annotations, templating, uid } = dashboard;
  const ofPanels = panelsOf(dashboard).flatMap(({ targets = [], title }) =>
    targets.map((target) => {
      const { datasource, expr, query } = target as Partial<Target>;
      return { where: `${uid}: ${title}`, language: datasource?.type ?? "prometheus", expression: expr ?? query ?? "" };
    }),
  );
  const ofVariables = (templating?.list ?? []).flatMap(({ definition, name }) => {
    const [, expression] = /^label_values\((.+), \w+\)$/.exec(definition ?? "") ?? [];
    return expression === undefined ? [] : [{ where: `${uid}: $${name}`, language: "prometheus" as const, expression }];
  });
  const ofAnnotations = (annotations?.list ?? []).map(({ expr = "", name }) => ({
    where: `${uid}: ${name}`,
    language: "prometheus" as const,
    expression: expr,
  }));
  return [...ofPanels, ...ofVariables, ...ofAnnotations].map((asked) => ({ ...asked, expression: withoutVariables(asked.expression) }));
}

/** Names of the variables that a text asks for, but for those of Grafana itself. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{?([a-z]\w*)/g)].map(([, name = ""]) => name);
}

/** Variables with values as Grafana gives them: a duration, or a pattern of what was chosen. */
function withoutVariables(expression: string): string {
  return expression.replace(/\$__(rate_interval|range|interval)\b/g, "5m").replace(/\$(?:\{\w+\}|[a-z]\w*)/g, "(one|other)");
}
