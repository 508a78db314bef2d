import type { Backend, RouteProps } from "../../../constructs/ingress/ingress";
import { routeProblems, type RouteLimits } from "../../../constructs/ingress/route-problems";
import { describe as told } from "../../../constructs/shared/errors";
import { environments } from "../../../environments/index";
import { routeFor } from "../../contracts/ingress";
import type { PlatformParts } from "../../platform-stack";

const setting = { environment: environments.local } as PlatformParts["setting"];
const limits: RouteLimits = {
  domain: "ml-platform.localhost",
  protocols: ["http", "https"],
  timeoutSeconds: 60,
  timeoutByRoute: true,
  routes: [],
};
const backend: Backend = { service: "api", port: 80, podLabels: { app: "api" }, podPort: 8080 };

describe("routeProblems", () => {
  it.each<readonly [string, Partial<RouteProps>]>([
    ["the domain itself", { host: "ml-platform.localhost" }],
    ["one label more", { host: "a-1.ml-platform.localhost" }],
    ["a path of several segments", { path: "/api/v1.2/~user" }],
    ["the longest path", { path: `/${"a".repeat(125)}` }],
    ["the first priority", { priority: 1 }],
    ["the last priority", { priority: 50_000 }],
    ["a shorter timeout", { timeoutSeconds: 1 }],
    ["the environment's timeout", { timeoutSeconds: 60 }],
    ["plain HTTP", { tls: false }],
    ["the longest name", { name: "a".repeat(45) }],
    [
      "a service of no weight beside another",
      {
        backends: [
          { ...backend, weight: 0 },
          { ...backend, service: "next", weight: 999 },
        ],
      },
    ],
    ["as many services as a load balancer takes", { backends: Array<Backend>(5).fill(backend) }],
  ])("takes %s", (_, changed) => {
    expect(problemsOf(changed)).toEqual([]);
  });

  it.each<readonly [string, Partial<RouteProps>, string]>([
    [
      "a host is outside of the domain",
      { host: "api.example.org" },
      'host is "api.example.org", must be ml-platform.localhost or one label more, which is what the certificate covers; end it with .ml-platform.localhost',
    ],
    ["a host only ends like the domain", { host: "evil-ml-platform.localhost" }, 'host is "evil-ml-platform.localhost", must be'],
    ["a host has two labels more, which the certificate does not cover", { host: "a.b.ml-platform.localhost" }, "host is"],
    ["a host is a wildcard", { host: "*.ml-platform.localhost" }, "host is"],
    ["a host has capitals", { host: "API.ml-platform.localhost" }, "host is"],
    ["a path does not begin with /", { path: "api" }, 'path is "api", must be a path of at most 126 characters that begins with /'],
    ["a path is empty", { path: "" }, 'path is ""'],
    ["a path ends with a slash", { path: "/api/" }, 'path is "/api/"'],
    ["a path has an empty segment", { path: "/api//v1" }, "path is"],
    ["a path goes up", { path: "/api/../admin" }, "path is"],
    ["a path has a wildcard of load balancers", { path: "/api/*" }, "path is"],
    ["a path is too long for a load balancer", { path: `/${"a".repeat(126)}` }, "path is"],
    ["a priority is 0", { priority: 0 }, "priority is 0, must be a whole number from 1 to 50000; choose one in between"],
    ["a priority is too high", { priority: 50_001 }, "priority is 50001"],
    ["a priority is a fraction", { priority: 1.5 }, "priority is 1.5"],
    [
      "a timeout is longer than the environment's",
      { timeoutSeconds: 61 },
      "timeoutSeconds is 61, must be a whole number from 1 to 60; shorten it",
    ],
    ["a timeout is none", { timeoutSeconds: 0 }, "timeoutSeconds is 0"],
    ["a name is too long for a release", { name: "a".repeat(46) }, "must be a route of at most 45 characters, not 46; rename it"],
    ["a namespace is too long", { namespace: "a".repeat(64) }, "must be a namespace of at most 63 characters, not 64; rename it"],
    ["it leads nowhere", { backends: [] }, "backends is 0, must be 1 to 5 services; name where requests go"],
    ["it leads to more services than a load balancer takes", { backends: Array<Backend>(6).fill(backend) }, "backends is 6"],
    [
      "no service has a weight",
      { backends: [{ ...backend, weight: 0 }] },
      "backends is [0], must be weights with a sum above 0; raise one",
    ],
  ])("fails when %s", (_, changed, message) => {
    const problems = problemsOf(changed);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`local-apps/Route: `);
    expect(problems[0]).toContain(message);
  });

  it.each<readonly [string, Partial<Backend>, string]>([
    ["a service's name is too long", { service: "a".repeat(64) }, "must be a service of at most 63 characters, not 64"],
    ["a port is none", { port: 0 }, "port is 0, must be a whole number from 1 to 65535"],
    ["a pod's port is none", { podPort: 65_536 }, "podPort is 65536"],
    [
      "a load balancer does not reach a pod's port",
      { podPort: 1023 },
      "podPort is 1023, must be a whole number from 1024 to 65535; have the",
    ],
    ["a service's port is not one of pods", { podPort: undefined }, "podPort is 80, must be a whole number from 1024 to 65535"],
    ["a weight is too high", { weight: 1000 }, "weight is 1000, must be a whole number from 0 to 999"],
    ["any pod would be opened", { podLabels: {} }, "podLabels is {}, must be at least one label; repeat the service's selector"],
    ["a label is too long", { podLabels: { app: "a".repeat(64) } }, "must be a label of at most 63 characters, not 64; rename it"],
    ["a health path is none", { healthPath: "ready" }, 'healthPath is "ready", must be a path'],
  ])("fails when %s", (_, changed, message) => {
    const problems = problemsOf({ backends: [backend, { ...backend, ...changed }] });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("local-apps/Route.backends.1: ");
    expect(problems[0]).toContain(message);
  });

  it("fails when a route needs a certificate, and there is none", () => {
    expect(problemsOf({}, { protocols: ["http"] })).toEqual([
      "local-apps/Route: tls is true, must be false where the ingress has no certificate; give the ingress an issuer",
    ]);
  });

  it("fails when a timeout of a route's own is none that the ingress can have", () => {
    expect(problemsOf({ timeoutSeconds: 30 }, { timeoutByRoute: false })).toEqual([
      "local-apps/Route: timeoutSeconds is 30, must be 60, which this ingress has for all routes; leave it out, or change ingress.timeoutSeconds",
    ]);
    expect(problemsOf({ timeoutSeconds: 60 }, { timeoutByRoute: false })).toEqual([]);
  });

  describe("beside another route", () => {
    const other = routeFor({ setting }, { name: "other", path: "/api", priority: 100 });

    it.each<readonly [string, Partial<RouteProps>]>([
      ["a longer path before it", { path: "/api/v1", priority: 99 }],
      ["a shorter path after it", { path: "/", priority: 101 }],
      ["a path that only begins with the same letters", { path: "/apis", priority: 101 }],
      ["the same path of another host", { host: "ml-platform.localhost", path: "/api", priority: 101 }],
      ["the same path by plain HTTP", { path: "/api", tls: false, priority: 101 }],
      ["the same name in another namespace", { name: "other", namespace: "elsewhere", priority: 101 }],
    ])("takes %s", (_, changed) => {
      expect(problemsOf(changed, { routes: [other] })).toEqual([]);
    });

    it.each<readonly [string, Partial<RouteProps>, string]>([
      ["it has the same name", { name: "other", priority: 101 }, 'name is "other", must be another one than that of shop/other; rename it'],
      ["it has the same priority", { priority: 100 }, "priority is 100, must be another one than that of shop/other; choose a free one"],
      ["it has the same host and path", { path: "/api" }, 'path is "/api", must be another one than that of shop/other on the same host'],
      [
        "its longer path comes after it",
        { path: "/api/v1", priority: 101 },
        "priority is 101, must be below 100, that of shop/other, whose path /api would hide this one; swap them",
      ],
      [
        "its shorter path comes before it",
        { path: "/", priority: 99 },
        "priority is 99, must be above 100, that of shop/other, whose path /api this one would hide; swap them",
      ],
    ])("fails when %s", (_, changed, message) => {
      expect(problemsOf(changed, { routes: [other] })).toEqual([expect.stringContaining(`local-apps/Route: ${message}`)]);
    });
  });
});

function problemsOf(changed: Partial<RouteProps>, narrower: Partial<RouteLimits> = {}): readonly string[] {
  return routeProblems("local-apps/Route", routeFor({ setting }, changed), { ...limits, ...narrower }).map(told);
}
