import fc from "fast-check";
import { checkApplications } from "../../applications/check";
import { applications } from "../../applications/index";
import { describe as told } from "../../constructs/shared/errors";
import { environments } from "../../environments/index";
import { placesOf } from "../environments/places";
import { applicationsWith } from "./changed";

const all = Object.values(environments);
const line = /^[\x20-\x7e]+: [\x20-\x7e]+ is [\x20-\x7e]+, must be [\x20-\x7e]+; [\x20-\x7e]+$/;

/** Every field that a workload may have, so that junk gets everywhere. */
const full = {
  workloads: {
    server: {
      kind: "stateful-set",
      image: { repository: "search/reader", version: "1.0.0" },
      command: ["run"],
      placement: "general",
      resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "1", memory: "1Gi" } },
      gpus: { count: 1, otherwise: "run-without" },
      variables: { LEVEL: "info" },
      secrets: { KEY: "key" },
      connects: [
        { to: "workload", workload: "search/writer", port: "http" },
        { to: "cache" },
        { to: "bucket", bucket: "search", access: "read" },
        { to: "external", host: "api.example.org", addresses: ["203.0.113.0/24"], port: 8443 },
        { to: "gateway", host: "full", path: "/v1", port: "http", priority: 7 },
      ],
      volumes: [
        { name: "data", mountPath: "/data", content: { kind: "persistent", gib: 1 } },
        { name: "files", mountPath: "/files", content: { kind: "files", files: { "a.txt": "a" } } },
        { name: "key", mountPath: "/key", content: { kind: "secret", secret: "key", file: "key" } },
      ],
      ports: [{ name: "http", port: 8080 }],
      probes: { readiness: { path: "/ready", port: "http" }, startup: { command: ["true"] } },
      migrations: [
        { name: "first", command: ["migrate"] },
        { name: "second", command: ["migrate"], after: ["server/first"] },
      ],
      scaling: { by: "queue", min: 0, max: 3, list: "jobs", itemsPerPod: 5 },
      disruption: { maxUnavailable: 1 },
      metrics: { port: "http", path: "/metrics" },
      profiles: { port: "http" },
      instrumentation: "sdk",
      measures: { full_total: { kind: "counter", summary: "full ones", unit: "ones" } },
      objectives: [
        { kind: "availability", of: "probes", target: 99, windowDays: 7 },
        { kind: "latency", belowMilliseconds: 500, target: 99, windowDays: 7 },
      ],
    },
  },
  name: "full",
  description: "Has everything",
  owner: "some-team",
  alerts: {
    NothingDone: {
      expression: "rate(full_total[5m]) == 0",
      forMinutes: 10,
      severity: "info",
      summary: "Nothing is done",
      description: "It should be.",
      runbook: "https://docs.example.com/nothing-done",
    },
  },
  secrets: { key: { from: "given" } },
  access: { viewers: ["a"], admins: [] },
};

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(undefined, NaN, -1, 1.5, "", "\n", "a".repeat(400), "search/", "/", "__proto__", "constructor", [], {}, [null], [[]]),
  fc.constant(JSON.parse('{"__proto__":null,"constructor":5}')),
  fc.string({ unit: "binary" }),
);

describe("whatever stands in an application", () => {
  test("the one with everything is fine", () => {
    expect(checkApplications([...applications, full], all).problems.map(told)).toEqual([]);
  });

  test("it is taken or refused in one line for each problem, and never crashes", () => {
    const place = fc.record({ path: fc.constantFrom(...placesOf(full)), value: junk });
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 3 }), (changes) => {
        const copy = structuredClone(full) as unknown;
        for (const { path, value } of changes) putLeniently(copy, path.split("."), structuredClone(value)); // another change may land in it
        for (const { problems } of [checkApplications([...applications, copy], all)]) {
          for (const one of problems.map(told)) {
            expect(one).toMatch(line);
            expect(one).not.toMatch(/undefined|\[object|Invalid (input|key)/);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test("any JSON in place of all applications is refused or taken, too", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (input) => {
        for (const one of checkApplications(input, all).problems.map(told)) expect(one).toMatch(line);
      }),
    );
  });

  test.each([
    [5, "applications: (whole) is 5, must be a list; write [ ... ]"],
    [{}, "applications: (whole) is {}, must be a list; write [ ... ]"],
    [[5], "applications.0: (whole) is 5, must be an object; write { ... }"],
  ])("fails when %j stands for all applications", (input, expected) => {
    expect(checkApplications(input, all)).toEqual({ applications: [], problems: [expect.anything()] });
    expect(checkApplications(input, all).problems.map(told)).toEqual([expected]);
  });

  test("every field is needed but those with a default: fails when one is missing", () => {
    const optional =
      /^(secrets|workloads|alerts)\.[^.]+$|^alerts$|\.\d+$|^workloads\.server\.(?!(kind|image|placement|resources)\b)|limits\.cpu$/;
    const needed = placesOf(full).filter((path) => !optional.test(path));
    expect(needed.length).toBeGreaterThan(10);
    for (const path of needed) {
      const copy = structuredClone(full);
      putLeniently(copy, path.split("."), undefined);
      const lines = checkApplications([...applications, copy], []).problems.map(told);
      expect({ path, lines }).toEqual({ path, lines: expect.arrayContaining([expect.stringContaining("is missing, must be")]) });
    }
  });
});

/** Like `put`, but what has lost its place on the way is left out. */
function putLeniently(target: unknown, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (typeof target !== "object" || target === null) return;
  if (rest.length > 0) putLeniently(Reflect.get(target, key), rest, value);
  else if (value === undefined) Reflect.deleteProperty(target, key);
  else Reflect.set(target, key, value);
}

test("changes to the committed applications are no changes of them", () => {
  applicationsWith({ "search.name": "other" });
  expect(applications.map(({ name }) => name)).toEqual(["ml-platform", "search", "sre-portal"]);
});
