import { plain, refusals } from "../changed";

const writer = "search.workloads.writer";
const path = `applications.${writer}`;
const health = { path: "/health", port: "http" };

describe("ports", () => {
  test.each(["http", "a", "0a", "grpc-web", "a".repeat(15)])("may be called %s", (name) => {
    expect(refusals({ "search.workloads.other": { ...plain, ports: [{ name, port: 1024 }] } })).toEqual([]);
  });

  test.each([
    ["a".repeat(16), "a port name of at most 15 characters, not 16"],
    ["80", "lower-case letters, digits and single inner hyphens, a letter among them"],
    ["HTTP", "lower-case letters, digits and single inner hyphens, a letter among them"],
    ["grpc--web", "lower-case letters, digits and single inner hyphens, a letter among them"],
    ["http_1", "lower-case letters, digits and single inner hyphens, a letter among them"],
    ["-http", "lower-case letters, digits and single inner hyphens, a letter among them"],
  ])("fails when one is called %j", (name, limit) => {
    expect(refusals({ "search.workloads.other": { ...plain, ports: [{ name, port: 8080 }] } })).toEqual([
      `applications.search.workloads.other.ports.0: name is "${name}", must be ${limit}; rename it`,
    ]);
  });

  test("fails when a name or a number is there twice, whatever is wrong with a third", () => {
    const ports = [
      { name: "http", port: 8080 },
      { name: "http", port: 9090 },
      { name: "metrics", port: 80 },
      { name: "other", port: 8080 },
    ];
    expect(refusals({ [`${writer}.ports`]: ports })).toEqual([
      `${path}.ports.2: port is 80, must be a whole number from 1024 to 65535 (port); choose one within that range`,
      `${path}.ports.1: name is "http", must be different from that of ports.0; rename one of the two`,
      `${path}.ports.3: port is 8080, must be different from that of ports.0; a container listens once: remove one of the two`,
    ]);
  });

  test("fails when there is a list of none", () => {
    expect(refusals({ "search.workloads.other": { ...plain, ports: [] } })).toEqual([
      "applications.search.workloads.other: ports is [], must be at least one port; leave it out where there is none",
    ]);
  });
});

describe("a probe", () => {
  const told = (name: string, probe: unknown) => refusals({ [`${writer}.probes.${name}`]: probe });

  test("may be a request or a command", () => {
    for (const name of ["liveness", "readiness", "startup"]) {
      expect(told(name, health)).toEqual([]);
      expect(told(name, { command: ["sh", "-c", "true"], periodSeconds: 5 })).toEqual([]);
    }
  });

  test.each([
    [{ path: "/", port: "htp" }, '.startup: port is "htp", must be a port of the workload: http; did you mean http?'],
    [
      { path: "/", port: "metrics" },
      '.startup: port is "metrics", must be a port of the workload: http; add it to ports, or name another one',
    ],
    [{ path: "/" }, ".startup: port is missing, must be the name of a port; say which port is asked"],
    [{}, ": startup is {}, must be a probe with path and port, or with command; say what is asked"],
    [{ port: "http" }, ': startup is {"port":"http"}, must be a probe with path and port, or with command; say what is asked'],
    [{ ...health, command: ["true"] }, '.startup: path is "/health", must be left out beside command; keep one of them: a probe asks once'],
    [
      { command: ["true"], port: "http" },
      '.startup: port is "http", must be left out beside command; remove it: a command goes to no port',
    ],
    [{ ...health, path: "health" }, '.startup: path is "health", must be a path such as /health; begin it with a slash'],
    [{ command: [] }, ".startup: command is [], must be at least one word; leave it out to keep the image's own"],
    [
      { ...health, periodSeconds: 0 },
      ".startup: periodSeconds is 0, must be a whole number from 1 to 3600 (seconds); choose one within that range",
    ],
    [{ ...health, tmeoutSeconds: 1 }, ".startup: tmeoutSeconds is 1, must be a field that exists; did you mean timeoutSeconds?"],
  ])("fails when it is %j", (probe, expected) => {
    expect(told("startup", probe)).toContain(`${path}.probes${expected}`);
  });

  test("fails when the workload has no port at all", () => {
    expect(refusals({ "search.workloads.other": { ...plain, probes: { liveness: health } } })).toEqual([
      'applications.search.workloads.other.probes.liveness: port is "http", must be a port of the workload, which has none; add it to ports, or name another one',
    ]);
  });

  test("is not judged by ports that are malformed", () => {
    expect(refusals({ [`${writer}.ports`]: [{ name: "web", port: "8080" }] })).toEqual([expect.stringContaining("ports.0: port is")]);
  });
});
