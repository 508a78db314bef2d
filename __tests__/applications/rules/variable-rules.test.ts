import { plain, refusals } from "../changed";

const told = (changes: object) =>
  refusals({ "search.secrets": { key: { from: "given" } }, "search.workloads.other": { ...plain, secrets: { KEY: "key" }, ...changes } });
const path = "applications.search.workloads.other";
const [database, cache, bucket] = [{ to: "database" }, { to: "cache" }, { to: "bucket", bucket: "search", access: "read" }];
const writer = { to: "workload", workload: "search/writer", port: "http" };

describe("variables", () => {
  test("may be called like those of connections that are not there", () => {
    const variables = { DATABASE_URL: "", REDIS_URL: "", S3_BUCKET: "", AWS_REGION: "", WRITER_URL: "", HOMEPAGE: "" };
    expect(told({ variables })).toEqual([]);
  });

  test("fails when one is given twice", () => {
    expect(told({ variables: { KEY: "x" } })).toEqual([
      `${path}.secrets: KEY is "key", must be a variable that variables does not have; keep one of the two`,
    ]);
  });

  test.each([
    [database, "DATABASE_URL", "without DATABASE_ at its start, which the connection to the database brings"],
    [database, "DATABASE_POOL_SIZE", "without DATABASE_ at its start, which the connection to the database brings"],
    [database, "AWS_REGION", "without AWS_ at its start, which the connection to the database brings"],
    [cache, "REDIS_URL", "without REDIS_ at its start, which the connection to the cache brings"],
    [bucket, "S3_BUCKET", "without S3_ at its start, which the connection to the bucket brings"],
    [bucket, "AWS_ACCESS_KEY_ID", "without AWS_ at its start, which the connection to the bucket brings"],
    [writer, "WRITER_URL", "other than the one that the connection to search/writer brings"],
    [writer, "HOME", "other than HOME, which is /tmp: nothing else can be written to"],
  ])("fails when %j brings %s", (connection, name, limit) => {
    expect(told({ connects: [connection], variables: { [name]: "mine" } })).toEqual([
      `${path}.variables: ${name} is "mine", must be a variable ${limit}; rename it, or remove it`,
    ]);
    expect(told({ connects: [connection], secrets: { KEY: "key", [name]: "key" } })).toEqual([
      `${path}.secrets: ${name} is "key", must be a variable ${limit}; rename it, or remove it`,
    ]);
  });

  test("fails when instrumentation brings it", () => {
    const variables = { OTEL_TRACES_SAMPLER: "always_off" };
    expect(told({ variables })).toEqual([]);
    expect(told({ instrumentation: "sdk", variables })).toEqual([
      `${path}.variables: OTEL_TRACES_SAMPLER is "always_off", must be a variable without OTEL_ at its start, which instrumentation brings; rename it, or remove it`,
    ]);
  });

  test("fails when two connections bring one of a name", () => {
    const other = { ...plain, ports: [{ name: "http", port: 8080 }], probes: { readiness: { path: "/", port: "http" } } };
    const connects = [writer, { ...writer, workload: "ml-platform/writer" }];
    expect(refusals({ "ml-platform.workloads.writer": other, "search.workloads.other": { ...plain, connects } })).toEqual([
      `${path}.connects.1: workload is "ml-platform/writer", must be such that its variable, WRITER_URL, is not that of connects.0; connect to one of them, or rename a workload`,
    ]);
    const toDatabase = [{ ...writer, workload: "ml-platform/database" }, database];
    expect(refusals({ "ml-platform.workloads.database": other, "search.workloads.other": { ...plain, connects: toDatabase } })).toEqual([
      `${path}.connects.0: workload is "ml-platform/database", must be such that its variable, DATABASE_URL, is none that the connection to the database brings; rename that workload`,
    ]);
  });

  test.each(["key", "1KEY", "KEY-1", "KEY.A", "_KEY", ""])("fails when one is called %j", (name) => {
    expect(told({ variables: { [name]: "x" } })).toEqual([
      expect.stringMatching(/variables: key is ".*", must be (a variable of upper-case|text that is not empty)/),
    ]);
  });

  test("fails when one is no text", () => {
    expect(told({ variables: { LEVEL: 5, ON: true } })).toEqual([
      `${path}.variables: LEVEL is 5, must be text; write it in quotes`,
      `${path}.variables: ON is true, must be text; write it in quotes`,
    ]);
  });
});
