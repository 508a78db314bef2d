import { plain, refusals } from "../changed";

const path = "applications.search.workloads.other";
const served = { ...plain, ports: [{ name: "http", port: 8080 }] };
const measured = { ...served, metrics: { port: "http" } };
const requests = { kind: "availability", of: "requests", target: 99.9, windowDays: 7 };
const latency = { kind: "latency", belowMilliseconds: 500, target: 99, windowDays: 7 };
const probes = { ...requests, of: "probes" };
const keeping = (days: number) => ({ "observability.metrics.retentionDays": days });
const told = (workload: object) => refusals({ "search.workloads.other": workload });

describe("metrics and profiles", () => {
  it("are asked for by a port of the workload", () => {
    expect(told({ ...measured, profiles: { port: "http" } })).toEqual([]);
  });

  it.each(["metrics", "profiles"])("fails when %s name a port that there is not", (field) => {
    expect(told({ ...served, [field]: { port: "htp" } })).toEqual([
      `${path}.${field}: port is "htp", must be a port of the workload: http; did you mean http?`,
    ]);
    expect(told({ ...plain, [field]: { port: "http" } })).toEqual([
      `${path}.${field}: port is "http", must be a port of the workload, which has none; add it to ports, or name another one`,
    ]);
  });
});

describe("objectives", () => {
  it("are of what is measured: requests that are asked for or sent, and probes of routes", () => {
    const connects = [{ to: "gateway", host: "other", port: "http", priority: 900 }];
    expect(told({ ...measured, objectives: [requests, latency] })).toEqual([]);
    expect(told({ ...served, instrumentation: "java", objectives: [requests, latency] })).toEqual([]);
    expect(told({ ...served, probes: { readiness: { path: "/ready", port: "http" } }, connects, objectives: [probes] })).toEqual([]);
  });

  it("fails when nobody counts the requests", () => {
    const end = "must be left out where nobody counts the requests; add metrics or instrumentation to the workload";
    expect(told({ ...served, objectives: [requests, latency] })).toEqual([
      `${path}: objectives.0 is "availability-requests", ${end}`,
      `${path}: objectives.1 is "latency-500ms", ${end}`,
    ]);
  });

  it("fails when there is no route to probe", () => {
    expect(told({ ...measured, objectives: [probes] })).toEqual([
      `${path}.objectives.0: of is "probes", must be "requests" where no route leads to the workload; connect it to the gateway, or measure by requests: probes ask routes`,
    ]);
  });

  it("fails when one is given twice, whatever its target is", () => {
    const again = (objective: object) => told({ ...measured, objectives: [requests, latency, objective] });
    const fix = "keep one of them: a promise is given once";
    expect(again({ ...requests, target: 99 })).toEqual([
      `${path}: objectives.2 is "availability-requests", must be different from that of objectives.0; ${fix}`,
    ]);
    expect(again({ ...latency, windowDays: 3 })).toEqual([
      `${path}: objectives.2 is "latency-500ms", must be different from that of objectives.1; ${fix}`,
    ]);
    expect(again({ ...latency, belowMilliseconds: 1000 })).toEqual([]);
  });

  it.each([
    [{ target: 0 }, "target is 0, must be a number between 0 and 100 (%), both excluded; an objective of 0 is none"],
    [
      { target: 100 },
      "target is 100, must be a number between 0 and 100 (%), both excluded; what may never fail has no budget for a change",
    ],
    [{ windowDays: 91 }, "windowDays is 91, must be a whole number from 1 to 90 (days)"],
    [{ windowDays: 0.5 }, "windowDays is 0.5, must be a whole number from 1 to 90 (days)"],
  ])("fails when one has %j", (changes, expected) => {
    expect(told({ ...measured, objectives: [{ ...requests, ...changes }] })).toEqual([
      expect.stringContaining(`${path}.objectives.0: ${expected}`),
    ]);
  });

  it("fails when a latency is between the bounds of the histogram", () => {
    const [line] = told({ ...measured, objectives: [{ ...latency, belowMilliseconds: 300 }] });
    expect(line).toContain(`${path}.objectives.0: belowMilliseconds is 300, must be one of 5, 10, 25,`);
  });

  it("fails when an environment forgets before the window ends", () => {
    const workload = { ...measured, objectives: [{ ...requests, windowDays: 8 }] };
    const kept = (days: number, monitoring: boolean) =>
      refusals({ "search.workloads.other": workload }, { local: { monitoring, ...keeping(days) }, dev: keeping(15), staging: keeping(15) });
    expect(kept(7, true)).toEqual([
      `local.${path}.objectives.0: windowDays is 8, must be at most 7, the days that local keeps metrics; shorten it, or raise observability.metrics.retentionDays`,
    ]);
    expect(kept(8, true)).toEqual([]);
    expect(kept(7, false)).toEqual([]);
  });
});

describe("measures", () => {
  const counter = { kind: "counter", summary: "things done", unit: "things" };

  it("are asked for with the other metrics", () => {
    const measures = { things_done_total: counter, things_waiting: { ...counter, kind: "gauge" } };
    expect(told({ ...measured, measures })).toEqual([]);
    expect(told({ ...served, instrumentation: "sdk", measures })).toEqual([]);
  });

  it("fails when nobody asks for them", () => {
    expect(told({ ...served, measures: { things_done_total: counter } })).toEqual([
      `${path}: metrics is missing, must be there where the workload has measures; say where Prometheus asks it`,
    ]);
  });

  it("fails when a name says another kind", () => {
    expect(told({ ...measured, measures: { things_done: counter, things_waiting_total: { ...counter, kind: "gauge" } } })).toEqual([
      `${path}.measures: things_done is "counter", must be gauge where the name does not end with _total; call it things_done_total`,
      `${path}.measures: things_waiting_total is "gauge", must be counter where the name ends with _total; leave out _total: a gauge goes up and down`,
    ]);
  });

  it("fails when another workload has the same", () => {
    expect(told({ ...measured, measures: { models_trained_total: counter } })).toEqual([
      `${path}.measures: models_trained_total is "models_trained_total", must be the name of one measure: ml-platform/training has it as well; rename one of the two: panels mean a measure by its name`,
    ]);
  });
});
