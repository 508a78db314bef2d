import { objectiveName } from "../../constructs/objectives/objective";
import { serves, type ServingIntent } from "../application";
import { connectionsTo, eachWorkload, eachWorkloadIn, elementsOf, entriesOf, pathIn, problem, referenceOf, repetitions } from "./declared";
import type { Rule } from "./declared";
import { portProblems } from "./port-rules";

/** Prometheus and the profiler ask by the name of a port. */
const asked = eachWorkload([], (workload) => {
  const { intent, wellFormed } = workload;
  if (!serves(intent)) return [];
  return (["metrics", "profiles"] as const).flatMap((field) => {
    const port = wellFormed([field]) ? intent[field]?.port : undefined;
    return port === undefined ? [] : portProblems(workload, workload, `${field}.port`, port);
  });
});

/** An objective of something that nobody measures would never be missed. */
const measured = eachWorkload(["metrics", "instrumentation"], (workload) => {
  const { intent, path } = workload;
  const routed = connectionsTo(workload, "gateway").length > 0;
  return elementsOf(workload, "objectives").flatMap(({ at, value }) => {
    if (value.kind === "availability" && value.of === "probes") {
      const limit = '"requests" where no route leads to the workload';
      return routed
        ? []
        : [problem(path, `${at}.of`, "probes", limit, "connect it to the gateway, or measure by requests: probes ask routes")];
    }
    if (tellsRequests(intent)) return [];
    const limit = "left out where nobody counts the requests";
    return [problem(path, at, objectiveName(value), limit, "add metrics or instrumentation to the workload")];
  });
});

function tellsRequests(intent: Parameters<typeof serves>[0]): boolean {
  return serves(intent) && (intent.metrics !== undefined || intent.instrumentation !== undefined);
}

const objectivesOnce = eachWorkload([], (workload) =>
  repetitions(workload.path, elementsOf(workload, "objectives"), objectiveName, "", "keep one of them: a promise is given once"),
);

/** The budget is reckoned from what Prometheus still has. */
const windows = eachWorkloadIn([], (workload, environment) => {
  const { monitoring, observability } = environment;
  const kept = observability.metrics.retentionDays;
  if (!monitoring) return [];
  return elementsOf(workload, "objectives").flatMap(({ at, value: { windowDays } }) => {
    if (windowDays <= kept) return [];
    const limit = `at most ${kept}, the days that ${environment.name} keeps metrics`;
    return [
      problem(
        pathIn(environment, workload.path),
        `${at}.windowDays`,
        windowDays,
        limit,
        "shorten it, or raise observability.metrics.retentionDays",
      ),
    ];
  });
});

const counters = eachWorkload(["measures"], ({ intent, path }) =>
  measuresOf(intent).flatMap(([name, { kind }]) => {
    const told = (limit: string, fix: string) => [problem(path, `measures.${name}`, kind, limit, fix)];
    if (kind === "counter" && !name.endsWith("_total"))
      return told("gauge where the name does not end with _total", `call it ${name}_total`);
    if (kind === "gauge" && name.endsWith("_total"))
      return told("counter where the name ends with _total", "leave out _total: a gauge goes up and down");
    return [];
  }),
);

/** Nobody would see it. */
const measuresAsked = eachWorkload(["measures", "metrics", "instrumentation"], ({ intent, path }) =>
  measuresOf(intent).length > 0 && !tellsRequests(intent)
    ? [problem(path, "metrics", undefined, "there where the workload has measures", "say where Prometheus asks it")]
    : [],
);

/** Panels and alerts mean a measure by its name alone. */
const measuresOnce: Rule = ({ workloads }) => {
  const all = workloads.flatMap((workload) =>
    (workload.wellFormed(["kind", "measures"]) ? measuresOf(workload.intent) : []).map(([name]) => ({ workload, name })),
  );
  return all.flatMap(({ name, workload }, index) => {
    const first = all.slice(0, index).find((other) => other.name === name)?.workload;
    if (first === undefined) return [];
    const limit = `the name of one measure: ${referenceOf(first)} has it as well`;
    return [problem(workload.path, `measures.${name}`, name, limit, "rename one of the two: panels mean a measure by its name")];
  });
};

function measuresOf(intent: Parameters<typeof serves>[0]): readonly (readonly [string, NonNullable<ServingIntent["measures"]>[string]])[] {
  return serves(intent) ? entriesOf(intent.measures) : [];
}

/** How workloads are measured. */
export const telemetryRules = [asked, measured, objectivesOnce, windows, counters, measuresAsked, measuresOnce];
