import { applications } from "../../applications/index";
import { metricsOf } from "../../constructs/monitoring/promql";
import { environmentNames, type EnvironmentName } from "../../environments/environment";
import { committedRules } from "../alerts/committed-rules";
import { askedBy, committedDashboards } from "../dashboards/committed-dashboards";
import { synthesizedEnvironments } from "../stacks/synthesized-environments";
import { declaredMetrics, exposedLists, knownExporters, linesOf, missingOf, runningExporters, type Named } from "./exporters";

jest.setTimeout(120_000); // all environments are synthesized where no other test has done it yet

const nobodyFollows = {
  database: { "database:replication_lag:seconds": "the database has no replicas" },
  cache: { "cache:replication_lag:seconds": "the cache has one node" },
};

const fixedNodes = "nodes of a laptop are fixed: there is no Karpenter";

/** What an environment asks for and does not have, and why nobody misses it there. */
const gaps: Readonly<Partial<Record<EnvironmentName, Readonly<Record<string, string>>>>> = {
  local: {
    ...nobodyFollows.database,
    ...nobodyFollows.cache,
    "gateway:errors:ratio": "NGINX counts no statuses, unless it is paid for; workloads count theirs",
    "gateway:latency:seconds": "NGINX measures no times, unless it is paid for; workloads measure theirs",
    karpenter_cloudprovider_errors_total: fixedNodes,
    karpenter_nodepools_limit: fixedNodes,
    karpenter_nodepools_usage: fixedNodes,
  },
  dev: { ...nobodyFollows.database, ...nobodyFollows.cache },
  staging: nobodyFollows.database,
  prod: nobodyFollows.database, // the standby in the other zone is no replica: nobody reads from it, and no commit is ahead of it
};

const rules = committedRules();
const { stacks } = synthesizedEnvironments();

describe.each(environmentNames)("metrics of %s", (environment) => {
  const ownRules = rules.filter((object) => object.environment === environment);
  const ownStacks = Object.entries(stacks).flatMap(([name, stack]) => (name.startsWith(`${environment}-`) ? [stack] : []));
  const running = runningExporters(ownStacks);
  const named = [...namedByRules(ownRules), ...namedByDashboards()];
  const recorded = ownRules.flatMap(({ groups }) =>
    groups.flatMap((group) => group.rules.flatMap((rule) => ("record" in rule ? rule.record : []))),
  );
  const exposed = running.flatMap((list) => linesOf(list).metrics);
  const there = [...recorded, ...exposed, ...declaredMetrics(applications)];
  const missing = missingOf(named, there);
  const excused = Object.keys(gaps[environment] ?? {});

  it("are there when rules and dashboards ask for them", () => {
    expect(named.length).toBeGreaterThan(200);
    expect(missing.filter((line) => !excused.includes(line.split(" ")[0] ?? ""))).toEqual([]);
  });

  it("are missing where it is said that they are", () => {
    expect(excused.filter((metric) => !missing.some((line) => line.startsWith(`${metric} `)))).toEqual([]);
  });
});

describe("lists of metrics", () => {
  it("are of exporters of which it is known what shows that an environment runs them", () => {
    expect([...exposedLists()].sort()).toEqual([...knownExporters].sort());
    expect(runningExporters([])).toEqual([]);
  });

  it.each(exposedLists().map((list) => [list]))("%s: is sorted, has nothing twice, and says where it is from", (list) => {
    const { comment, metrics } = linesOf(list);
    expect(comment.join(" ")).toMatch(/\d+[.-]\d+/);
    expect(metrics).toEqual([...new Set(metrics)].sort());
    expect(metrics.filter((metric) => !/^[a-zA-Z_:][\w:]*$/.test(metric))).toEqual([]);
  });
});

describe("missingOf", () => {
  it("tells who asks for what nobody tells", () => {
    const named = [
      { metric: "told_total", where: "one" },
      { metric: "gone_total", where: "two" },
      { metric: "gone_total", where: "three" },
      { metric: "told_total", where: "three" },
    ];
    expect(missingOf(named, ["told_total"])).toEqual(["gone_total (two; three)"]);
  });
});

function namedByRules(objects: typeof rules): readonly Named[] {
  return objects.flatMap(({ groups, name }) =>
    groups.flatMap((group) =>
      group.rules.flatMap((rule) =>
        metricsOf(rule.expr).map((metric) => ({ metric, where: `${name}: ${"alert" in rule ? rule.alert : rule.record}` })),
      ),
    ),
  );
}

function namedByDashboards(): readonly Named[] {
  return committedDashboards().flatMap((dashboard) =>
    askedBy(dashboard)
      .filter(({ language }) => language === "prometheus")
      .flatMap(({ expression, where }) => metricsOf(expression).map((metric) => ({ metric, where }))),
  );
}
