import { plain, refusals } from "../changed";

const load = { by: "load", min: 2, max: 10, cpuPercent: 70 };
const queue = { by: "queue", min: 0, max: 3, list: "jobs", itemsPerPod: 5 };
const reader = "applications.search.workloads.reader";

describe("scaling", () => {
  test.each([
    [{ ...load, min: 10 }],
    [{ ...load, cpuPercent: undefined, memoryPercent: 80 }],
    [{ ...load, memoryPercent: 80 }],
    [{ by: "load", min: 1, max: 1, cpuPercent: 1 }],
  ])("may be %j", (scaling) => {
    expect(refusals({ "search.workloads.reader.scaling": scaling })).toEqual([]);
  });

  test.each([
    [{ ...load, min: 11 }, `${reader}.scaling: min is 11, must be at most max, which is 10; lower it or raise max`],
    [
      { by: "load", min: 2, max: 3 },
      `${reader}.scaling: cpuPercent is missing, must be there, or memoryPercent, or both; say which use of what is requested is aimed at`,
    ],
    [{ ...load, min: 0 }, `${reader}.scaling: min is 0, must be a whole number from 1 to 1000 (pods); choose one within that range`],
    [{ ...queue, min: 4 }, `${reader}.scaling: min is 4, must be at most max, which is 3; lower it or raise max`],
    [{ by: "time" }, `${reader}.scaling: by is "time", must be load or queue; say what it goes by`],
    [{ ...load, cpuPercnt: 70 }, `${reader}.scaling: cpuPercnt is 70, must be a field that exists; did you mean cpuPercent?`],
  ])("fails when it is %j", (scaling, expected) => {
    const connects = [{ to: "gateway", host: "search", port: "http", priority: 300 }, { to: "cache" }];
    expect(refusals({ "search.workloads.reader.scaling": scaling, "search.workloads.reader.connects": connects })).toEqual([expected]);
  });

  test("fails when a queue is asked of which the workload knows nothing", () => {
    expect(refusals({ "search.workloads.reader.scaling": queue })).toEqual([
      `${reader}.scaling: by is "queue", must be "load" where the workload does not talk to the cache; add { to: "cache" } to connects: the list is there`,
    ]);
  });

  test("fails when the number of pods is fixed as well", () => {
    expect(refusals({ "search.workloads.reader.replicas": 2 })).toEqual([
      `${reader}: replicas is 2, must be left out where scaling says how many pods there are; keep one of them`,
    ]);
  });

  test("fails when it is of a daemon set", () => {
    expect(refusals({ "search.workloads.agent": { ...plain, kind: "daemon-set", scaling: load, replicas: 2 } })).toEqual([
      expect.stringContaining("applications.search.workloads.agent: scaling is "),
      "applications.search.workloads.agent: replicas is 2, must be a field that exists; remove it",
    ]);
  });
});

describe("a disruption budget", () => {
  const writer = "applications.search.workloads.writer";
  const told = (disruption: object, changes: object = {}) => refusals({ "search.workloads.writer.disruption": disruption, ...changes });

  test("may let one pod go, of one or of several", () => {
    for (const disruption of [{ maxUnavailable: 1 }, { maxUnavailable: 3 }, { minAvailable: 1 }, { minAvailable: 0 }]) {
      expect(told(disruption)).toEqual([]);
    }
    expect(told({ minAvailable: 0 }, { "search.workloads.writer.replicas": 0 })).toEqual([]);
    expect(refusals({ "search.workloads.reader.disruption": { minAvailable: 1 } })).toEqual([]);
  });

  test.each([
    [{ maxUnavailable: 0 }, "disruption: maxUnavailable is 0, must be at least 1; raise it: with none no node could be renewed"],
    [
      { minAvailable: 2 },
      "disruption: minAvailable is 2, must be below the fewest pods that there are, which is 2; lower it, or raise the pods: else no node could be renewed",
    ],
    [
      { minAvailable: 1, maxUnavailable: 1 },
      "disruption: minAvailable is 1, must be left out beside maxUnavailable; keep one of them: Kubernetes takes no second",
    ],
    [{}, "disruption is {}, must be maxUnavailable or minAvailable; give one of them, or leave it out"],
  ])("fails when it is %j", (disruption, expected) => {
    const separator = expected.startsWith("disruption is") ? ": " : ".";
    expect(told(disruption)).toEqual([`${writer}${separator}${expected}`]);
  });

  test("fails when it keeps the fewest pods of scaling, or the only one there is", () => {
    expect(refusals({ "search.workloads.reader.disruption": { minAvailable: 2 } })).toEqual([
      expect.stringContaining("which is 2; lower it"),
    ]);
    expect(told({ minAvailable: 1 }, { "search.workloads.writer.replicas": undefined })).toEqual([
      expect.stringContaining("minAvailable is 1, must be below the fewest pods that there are, which is 1; "),
    ]);
    expect(told({ minAvailable: 1 }, { "search.workloads.writer.replicas": 0 })).toEqual([expect.stringContaining("which is 0; ")]);
  });
});
