import { plain, refusals } from "../changed";

const route = { to: "gateway", host: "other", port: "http", priority: 500 };
const served = { ...plain, ports: [{ name: "http", port: 8080 }], probes: { readiness: { path: "/ready", port: "http" } } };
const path = "applications.search.workloads.other";
const told = (...routes: readonly object[]) =>
  refusals({ "search.workloads.other": { ...served, connects: routes.map((changes) => ({ ...route, ...changes })) } });

describe("a route", () => {
  test("may have a host, a path, both or none", () => {
    expect(told({}, { path: "/api", priority: 499 }, { host: "else", path: "/a/b.c", priority: 501 })).toEqual([]);
    expect(told({ host: undefined, path: "/docs", priority: 150 })).toEqual([]);
    expect(told({ path: "/api" }, { path: "/apis", priority: 501 })).toEqual([]);
  });

  test.each([
    [
      { host: "a.b" },
      'host is "a.b", must be a label of 1 to 63 lower-case letters, digits and inner hyphens; name the label alone: the environment\'s domain comes behind it',
    ],
    [{ host: "Shop" }, 'host is "Shop", must be a label'],
    [{ host: "-a" }, 'host is "-a", must be a label'],
    [{ host: "*" }, 'host is "*", must be a label'],
    [{ path: "api" }, 'path is "api", must be a path of at most 126 characters that begins with /'],
    [{ path: "/api/" }, 'path is "/api/", must be a path'],
    [{ path: "/a*" }, 'path is "/a*", must be a path'],
    [{ path: "/../a" }, 'path is "/../a", must be a path'],
    [{ path: `/${"a".repeat(126)}` }, "(129 characters), must be at most 126 characters; shorten it"],
    [{ port: "htp" }, 'port is "htp", must be a port of the workload: http; did you mean http?'],
    [{ priority: 0 }, "priority is 0, must be a whole number from 1 to 50000 (priority); choose one within that range"],
    [{ priority: 50_001 }, "priority is 50001, must be a whole number from 1 to 50000 (priority); choose one within that range"],
  ])("fails when it has %j", (changes, expected) => {
    const lines = told(changes);
    expect(lines).toEqual([expect.stringContaining(expected)]);
    expect(lines[0]).toContain(`${path}.connects.0: `);
  });

  test("fails when it leads to a cron job", () => {
    const job = { ...plain, kind: "cron-job", schedule: "0 3 * * *", timeoutSeconds: 60, connects: [route] };
    expect(refusals({ "search.workloads.other": job })).toEqual([
      `${path}.connects.0: to is "gateway", must be left out of a cron job; remove it: nobody can talk to a cron job`,
    ]);
  });

  test("fails when a load balancer cannot ask whether a pod is ready", () => {
    const asked = (readiness: object) => refusals({ "search.workloads.other": { ...served, connects: [route], probes: { readiness } } });
    expect(asked({ command: ["true"] })).toEqual([
      `${path}.probes.readiness: command is ["true"], must be left out where the gateway talks to it; give path and port: a load balancer asks by HTTP`,
    ]);
    expect(asked({ path: "/ready/", port: "http" })).toEqual([
      `${path}.probes.readiness: path is "/ready/", must be a path of at most 126 characters that begins with /, with letters, digits and . _ ~ - in its segments; write it as /api/v1, without a slash at its end`,
    ]);
    expect(asked({ path: "/", port: "http" })).toEqual([]);
  });
});

describe("routes together", () => {
  test("fails when two lead one host and path, whether or not it is written out", () => {
    expect(told({ host: "search" })).toEqual([
      `${path}.connects.0: path is "/", must be different from that of search/reader, connects.0, on the same host; lead both by one route`,
    ]);
    expect(told({ path: "/" }, { priority: 501 })).toEqual([
      `${path}.connects.1: path is "/", must be different from that of search/other, connects.0, on the same host; lead both by one route`,
    ]);
    expect(told({ host: undefined })).toEqual([
      `${path}.connects.0: path is "/", must be different from that of ml-platform/frontend, connects.0, on the same host; lead both by one route`,
    ]);
  });

  test("fails when two have one priority, in whatever applications they are", () => {
    expect(told({ priority: 300 })).toEqual([
      `${path}.connects.0: priority is 300, must be different from that of search/reader, connects.0; choose a free one`,
    ]);
    expect(refusals({ "search.workloads.reader.connects.0.priority": 100 })).toEqual([
      "applications.search.workloads.reader.connects.0: priority is 100, must be different from that of ml-platform/backend, connects.0; choose a free one",
    ]);
  });

  test("fails when a shorter path goes before a longer one of the same host", () => {
    expect(told({ path: "/api" }, { path: "/api/v2", priority: 501 })).toEqual([
      `${path}.connects.1: priority is 501, must be below 500, that of search/other, connects.0, whose path /api would hide this one; swap them`,
    ]);
    expect(told({ path: "/api/v2" }, { path: "/api", priority: 499 })).toEqual([
      `${path}.connects.1: priority is 499, must be above 500, that of search/other, connects.0, whose path /api/v2 this one would hide; swap them`,
    ]);
    expect(refusals({ "ml-platform.workloads.backend.connects.0.priority": 201 })).toEqual([
      "applications.ml-platform.workloads.backend.connects.0: priority is 201, must be below 200, that of ml-platform/frontend, connects.0, whose path / would hide this one; swap them",
    ]);
  });
});
