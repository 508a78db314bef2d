import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applications } from "../../applications/index";
import { logqlProblem } from "../../constructs/logs/logql";
import { promqlProblem } from "../../constructs/monitoring/promql";
import { seriesOf, signalNames, signals, type SignalSubject } from "../../constructs/monitoring/signals";
import { blanks } from "../../dashboards/blanks";
import { dashboardFiles, dashboardFolder, outdated } from "../../dashboards/dashboard-files";
import { dashboards } from "../../dashboards/dashboards";
import { measuresOf } from "../../dashboards/measures";
import { checkRules } from "../alerts/promtool";
import { describeWith } from "../installed-tool";
import { askedBy, committedDashboards, panelsOf, placedOf, variablesIn } from "./committed-dashboards";

const committed = committedDashboards();
const all = committed.map((dashboard) => [dashboard.uid ?? "", dashboard] as const);
const panels = committed.flatMap((dashboard) => panelsOf(dashboard).map((panel) => ({ where: `${dashboard.uid}: ${panel.title}`, panel })));
const asked = committed.flatMap(askedBy);

it("are what the code makes", () => {
  expect(outdated(dashboardFiles(dashboards(applications)), dashboardFolder)).toEqual([]);
});

it("are there for everything that somebody looks at", () => {
  expect(all.map(([uid]) => uid).sort()).toEqual([
    "business-metrics",
    "cache",
    "capacity",
    "data-processing",
    "database",
    "gateway",
    "ml-platform-overview",
    "ml-training-metrics",
    "nodes",
    "object-storage",
    "slos",
    "workloads",
  ]);
});

describe.each(all)("%s", (_, dashboard) => {
  const placed = placedOf(dashboard);

  it("has no panel over another, and none that leaves the 24 columns", () => {
    expect(placed.length).toBeGreaterThan(4);
    const cells = placed.flatMap(({ gridPos, title }) => {
      const { h, w, x, y } = gridPos ?? { h: 0, w: 0, x: 0, y: 0 };
      expect({ title, fits: w > 0 && h > 0 && x >= 0 && x + w <= 24 }).toEqual({ title, fits: true });
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}/${y + Math.floor(cell / w)}`);
    });
    expect(cells.length - new Set(cells).size).toBe(0);
  });

  it("has panels with ids of their own", () => {
    const ids = placed.map(({ id }) => id);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("declares the variables that it asks for, and asks for those that it declares", () => {
    const { templating, ...rest } = dashboard;
    const declared = (templating?.list ?? []).map(({ name }) => name);
    expect(declared.slice(0, 2)).toEqual(["environment", "namespace"]);
    expect([...new Set(variablesIn(JSON.stringify(rest)))].sort()).toEqual([...declared].sort());
    // A variable asks for those before it, and for no other.
    for (const [index, { definition = "" }] of (templating?.list ?? []).entries())
      expect(variablesIn(definition).filter((name) => !declared.slice(0, index).includes(name))).toEqual([]);
  });

  it("is of the one look: tags, links, refresh, and nobody changes it in Grafana", () => {
    expect(dashboard.tags?.[0]).toBe("evenkeel");
    expect(dashboard.description).toMatch(/\.$/);
    expect(dashboard).toMatchObject({ editable: false, refresh: "1m", time: { from: expect.stringMatching(/^now-/), to: "now" } });
    expect(dashboard.annotations?.list?.map(({ name }) => name)).toEqual(["Releases"]);
    expect(dashboard.links?.map(({ title }) => title)).toEqual(["Dashboards", "Runbooks"]);
  });
});

describe("panels", () => {
  it.each(["title", "description"] as const)("have a %s", (field) => {
    expect(panels.filter(({ panel }) => !panel[field]?.trim()).map(({ where }) => where)).toEqual([]);
  });

  it("have a unit, and limits that rise", () => {
    expect(panels.filter(({ panel }) => !unitOf(panel)).map(({ where }) => where)).toEqual([]);
    expect(panels.filter(({ panel }) => !risingLimits(panel)).map(({ where }) => where)).toEqual([]);
  });

  it("have lines that tell one series from the other", () => {
    const nameless = panels.filter(({ panel: { targets = [] } }) =>
      targets.some((target) => (target as { legendFormat?: string; expr?: string }).legendFormat === ""),
    );
    expect(nameless.map(({ where }) => where)).toEqual([]);
  });

  it("lead to runbooks that are there", () => {
    const urls = [...new Set(panels.flatMap(({ panel: { links = [] } }) => links.map(({ url = "" }) => url)))];
    expect(urls.length).toBeGreaterThan(20);
    const isThere = (url: string) =>
      url.startsWith(`${blanks.runbooks}/`) && existsSync(url.replace(blanks.runbooks, "docs/runbooks/alerts"));
    expect(urls.filter((url) => !isThere(url))).toEqual([]);
  });
});

describe("expressions", () => {
  it.each([
    ["prometheus", 100, promqlProblem],
    ["loki", 1, logqlProblem],
  ] as const)("of %s parse", (language, fewest, problem) => {
    const ours = asked.filter((candidate) => candidate.language === language);
    expect(ours.length).toBeGreaterThanOrEqual(fewest);
    const wrong = ours.map(({ expression, where }) => ({ where, at: problem(expression) })).filter(({ at }) => at !== undefined);
    expect(wrong).toEqual([]);
    expect(ours.filter(({ expression }) => expression.trim() === "")).toEqual([]);
  });

  it("ask for every signal of what an environment has one of", () => {
    const expressions = asked.map(({ expression }) => expression).join("\n");
    const series = (Object.keys(signals) as SignalSubject[]).flatMap((subject) =>
      signalNames(subject).map((name) => seriesOf(subject, name)),
    );
    expect(series.filter((name) => !expressions.includes(name))).toEqual([]);
  });

  it("ask for everything that applications measure", () => {
    const business = committed.filter(({ uid }) => uid === "business-metrics").flatMap(askedBy);
    const measured = measuresOf(applications).map(({ metric }) => metric);
    expect(measured.length).toBeGreaterThan(3);
    expect(measured.filter((metric) => !business.some(({ expression }) => expression.includes(metric)))).toEqual([]);
  });
});

/** Prometheus' own parser knows more than the grammar: types of arguments, for one. */
describeWith(["promtool"], "Prometheus", () => {
  it("takes every expression", () => {
    const work = mkdtempSync(join(tmpdir(), "evenkeel-dashboards-"));
    try {
      const ours = [...new Set(asked.filter(({ language }) => language === "prometheus").map(({ expression }) => expression))];
      const rules = ours.map((expr, index) => ({ record: `dashboards:expression:${index}`, expr }));
      expect(checkRules(work, [{ environment: "local", name: "dashboards", groups: [{ name: "dashboards", rules }] }])).toBe("");
    } finally {
      rmSync(work, { recursive: true });
    }
  });
});

function unitOf({ fieldConfig }: Panel): string | undefined {
  return fieldConfig?.defaults.unit;
}

/** The lowest has no value, as Grafana wants it. */
function risingLimits({ fieldConfig }: Panel): boolean {
  const [lowest, ...steps] = (fieldConfig?.defaults.thresholds?.steps ?? []).map(({ value }) => value);
  return lowest === null && steps.every((value, index) => value !== null && (index === 0 || value > Number(steps[index - 1])));
}
