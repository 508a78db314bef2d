import fc from "fast-check";
import type { EnvironmentName } from "../../environments/environment";
import { refusals, type Changes } from "./changed";

interface Range {
  readonly environment: EnvironmentName;
  readonly path: string;
  readonly min: number;
  readonly max: number;
  /** What else has to change, so that no other rule speaks. */
  readonly beside?: Changes;
}

const group = "cluster.nodeGroups.0";

/** Where nodes are switched off at night, none may be kept. */
const always = { offHours: undefined };

/** Whole numbers with their limits. Fields, and the source of their limits, are in the schema. */
const ranges: readonly Range[] = [
  { environment: "dev", path: "backupRetentionDays", min: 0, max: 35 },
  {
    environment: "dev",
    path: `${group}.minNodes`,
    min: 0,
    max: 450,
    beside: { ...always, [`${group}.desiredNodes`]: 450, [`${group}.maxNodes`]: 450 },
  },
  { environment: "dev", path: `${group}.desiredNodes`, min: 0, max: 450, beside: { [`${group}.minNodes`]: 0, [`${group}.maxNodes`]: 450 } },
  { environment: "dev", path: `${group}.maxNodes`, min: 1, max: 450, beside: { [`${group}.minNodes`]: 0, [`${group}.desiredNodes`]: 0 } },
  { environment: "dev", path: `${group}.diskGib`, min: 20, max: 16384 },
  { environment: "dev", path: "registry.keepImages", min: 1, max: 1000 },
  { environment: "local", path: "database.storageGib", min: 1, max: 65536 },
  { environment: "dev", path: "database.readReplicas", min: 0, max: 5 },
  { environment: "local", path: "database.connections", min: 1, max: 5000 },
  { environment: "dev", path: "database.statementTimeoutSeconds", min: 1, max: 86_400, beside: { "database.slowQueryMilliseconds": 1 } },
  {
    environment: "dev",
    path: "database.slowQueryMilliseconds",
    min: 1,
    max: 3_600_000,
    beside: { "database.statementTimeoutSeconds": 3601 },
  },
  { environment: "dev", path: "rds.passwordRotationDays", min: 1, max: 1000 },
  { environment: "prod", path: "rds.archive.keepDays", min: 36, max: 36_500, beside: { "rds.archive.coldAfterDays": undefined } },
  { environment: "prod", path: "rds.archive.coldAfterDays", min: 1, max: 36_410, beside: { "rds.archive.keepDays": 36_500 } },
  { environment: "dev", path: "s3.accessLogRetentionDays", min: 1, max: 3650 },
  { environment: "local", path: "kind.nodeGroups.0.nodes", min: 1, max: 5 },
  { environment: "local", path: "kind.hostPorts.http", min: 1024, max: 65535 },
  { environment: "local", path: "stateStore.storageGib", min: 1, max: 100, beside: { monitoring: false } }, // logs need more than the least
  { environment: "local", path: "registry.storageGib", min: 1, max: 500 },
];

describe.each(ranges)("$environment: $path", ({ environment, path, min, max, beside }) => {
  const told = (value: unknown) => refusals(environment, { ...beside, [path]: value });
  const refused = expect.stringContaining(`must be a whole number from ${min} to ${max}`);

  test("takes both limits and what is next to them within", () => {
    for (const value of [min, min + 1, max - 1, max]) expect(told(value)).toEqual([]);
  });

  test("takes any whole number between them", () => {
    const taken = new Set([8443, 5001, 9000]); // host ports of the other services
    fc.assert(
      fc.property(
        fc.integer({ min, max }).filter((value) => !taken.has(value)),
        (value) => expect(told(value)).toEqual([]),
      ),
      { numRuns: 25 },
    );
  });

  test("fails when the number is one beyond a limit", () => {
    for (const value of [min - 1, max + 1]) expect(told(value)).toContainEqual(refused);
  });

  test("fails when the value is no whole number within the limits", () => {
    const outside = fc.oneof(
      fc.integer({ max: min - 1 }),
      fc.integer({ min: max + 1 }),
      fc.double({ noInteger: true }),
      fc.constantFrom(NaN, Infinity, -Infinity, 1e21, "", String(min), true, null, [min], {}),
    );
    fc.assert(
      fc.property(outside, (value) => {
        expect(told(value)).toContainEqual(refused);
      }),
      { numRuns: 25 },
    );
  });
});

describe("node group sizes", () => {
  const sizes = (min: number, desired: number, max: number) =>
    refusals("dev", { ...always, [`${group}.minNodes`]: min, [`${group}.desiredNodes`]: desired, [`${group}.maxNodes`]: max });

  test("are taken in order, equal ones included", () => {
    const ordered = fc
      .array(fc.integer({ min: 0, max: 450 }), { minLength: 3, maxLength: 3 })
      .map((numbers) => numbers.sort((a, b) => a - b))
      .filter(([, , max = 0]) => max > 0);
    fc.assert(fc.property(ordered, ([min = 0, desired = 0, max = 0]) => expect(sizes(min, desired, max)).toEqual([])));
  });

  test.each([
    [2, 1, 3, "desiredNodes is 1, must be from minNodes 2 to maxNodes 3"],
    [1, 4, 3, "desiredNodes is 4, must be from minNodes 1 to maxNodes 3"],
    [4, 4, 3, "minNodes is 4, must be at most maxNodes, which is 3"],
  ])("fails when they are out of order: %d, %d, %d", (min, desired, max, expected) => {
    expect(sizes(min, desired, max)).toEqual([expect.stringContaining(`dev.cluster.nodeGroups.0: ${expected}`)]);
  });
});

describe("retentions of logs", () => {
  const accepted = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
  const paths = [
    "network.flowLogRetentionDays",
    "cluster.logRetentionDays",
    "ingress.logRetentionDays",
    "rds.logRetentionDays",
    "elasticache.logRetentionDays",
  ];

  test.each(paths)("%s takes what CloudWatch Logs takes", (path) => {
    for (const days of accepted) expect(refusals("dev", { [path]: days })).toEqual([]);
  });

  test.each(paths)("fails when %s is next to one of them", (path) => {
    const next = accepted.flatMap((days) => [days - 1, days + 1]).filter((days) => !accepted.includes(days));
    for (const days of [...next, 0, -1, 1.5, NaN, "30"]) {
      expect(refusals("dev", { [path]: days })).toEqual([expect.stringContaining("must be a retention of CloudWatch Logs: 1, 3, 5")]);
    }
  });
});

describe("the interval of enhanced monitoring", () => {
  const accepted = [0, 1, 5, 10, 15, 30, 60];

  test("is one that RDS takes", () => {
    for (const seconds of accepted) expect(refusals("dev", { "rds.monitoringSeconds": seconds })).toEqual([]);
  });

  test("fails when it is next to one of them", () => {
    const next = accepted.flatMap((seconds) => [seconds - 1, seconds + 1]).filter((seconds) => !accepted.includes(seconds));
    for (const seconds of [...next, 1.5, NaN, "60", null]) {
      expect(refusals("dev", { "rds.monitoringSeconds": seconds })).toEqual([
        expect.stringContaining("must be an interval of RDS: 0, 1, 5, 10, 15, 30, 60 (seconds); choose the next longer one"),
      ]);
    }
  });
});
