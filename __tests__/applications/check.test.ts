import { applications as committed } from "../../applications/index";
import { ConfigurationError, describe as told } from "../../constructs/shared/errors";
import { loadEnvironments } from "../../environments/load";
import { committedWith } from "../environments/changed";
import { applicationsWith, plain, refusals } from "./changed";

const reader = "search.workloads.reader";

test("fails with everything that is wrong at once: of the schema first, then of what belongs together", () => {
  expect(
    refusals(
      {
        "search.name": "search",
        "search.team": "me",
        "search.secrets": { "unused-key": { from: "generated" } },
        "ml-platform.access.admins": ["system:masters"],
        [`${reader}.image`]: { reference: "nginx:latest" },
        [`${reader}.resources.requests`]: { cpu: "2", memory: "1GB" },
        [`${reader}.scaling`]: { by: "load", min: 5, max: 3 },
        [`${reader}.disruption`]: { maxUnavailable: 0 },
        [`${reader}.probes.liveness.port`]: "htp",
        [`${reader}.variables`]: { HOME: "/" },
        [`${reader}.secrets`]: { TOKEN: "token" },
        [`${reader}.connects.1`]: { to: "workload", workload: "search/writr", port: "http" },
        [`${reader}.connects.2`]: { to: "bucket", bucket: "serch", access: "write" },
        [`${reader}.migrations`]: [{ name: "a", command: ["a"], after: ["reader/a"] }],
        [`${reader}.volumes`]: [{ name: "v", mountPath: "/tmp", content: { kind: "persistent", gib: 1 } }],
        [`${reader}.repliacs`]: 2,
        "search.workloads.writer.ports.1": { name: "a-very-long-port-name", port: 8080 },
        "search.workloads.ingestion.gpus": { count: 1, otherwise: "refuse" },
        [`search.workloads.${"x".repeat(53)}`]: { ...plain, kind: "stateful-set" },
      },
      { prod: { versions: { "search/none": "1.0.0" } } },
    ),
  ).toEqual([
    'applications.ml-platform.access: admins.0 is "system:masters", must be a group of people outside of system:; rename it',
    `applications.${reader}.image: reference is "nginx:latest", must be an image with registry, tag (not latest) and sha256 digest; write it as registry/name:tag@sha256:digest`,
    `applications.${reader}.resources.requests: memory is "1GB", must be an amount of memory of 1Mi at least such as 512Mi or 1Gi; write it as 1G or 1Gi`,
    `applications.${reader}.connects.2: access is "write", must be one of read, read-write; choose one of them`,
    `applications.${reader}: repliacs is 2, must be a field that exists; did you mean replicas?`,
    `applications.search.workloads: key is "${"x".repeat(53)}", must be at most 20 characters; shorten it`,
    'applications.search: team is "me", must be a field that exists; remove it',
    'prod.versions: search/none is "1.0.0", must be the version of a workload that exists; remove it, or name another one as <application>/<workload>',
    `applications.${reader}.resources.requests: cpu is "2", must be at most limits.cpu, which is 1000m; lower it or raise the limit`,
    ...["local", "dev", "staging", "prod"].map(
      (name) =>
        `${name}.applications.search.workloads.ingestion.gpus: otherwise is "refuse", must be "run-without" where no node of the placement general has a GPU; change it, or give the node group instance types with GPUs`,
    ),
    `applications.${reader}.scaling: min is 5, must be at most max, which is 3; lower it or raise max`,
    `applications.${reader}.scaling: cpuPercent is missing, must be there, or memoryPercent, or both; say which use of what is requested is aimed at`,
    `applications.${reader}.disruption: maxUnavailable is 0, must be at least 1; raise it: with none no node could be renewed`,
    'applications.search.workloads.writer.ports.1: name is "a-very-long-port-name", must be a port name of at most 15 characters, not 21; rename it',
    "applications.search.workloads.writer.ports.1: port is 8080, must be different from that of ports.0; a container listens once: remove one of the two",
    `applications.${reader}.probes.liveness: port is "htp", must be a port of the workload: http; did you mean http?`,
    `applications.${reader}.variables: HOME is "/", must be a variable other than HOME, which is /tmp: nothing else can be written to; rename it, or remove it`,
    `applications.${reader}.secrets: TOKEN is "token", must be a secret of the application: unused-key; add it to the application's secrets: they say what is in the store`,
    `applications.${reader}.volumes.0: mountPath is "/tmp", must be apart from /tmp; choose another path: each pod has room of its own there`,
    `applications.${reader}.volumes.0.content: kind is "persistent", must be "scratch" in what is no stateful set; change it, or make the workload a "stateful-set"`,
    `applications.${reader}.migrations.0: after is ["reader/a"], must be free of circles: reader/a after reader/a; remove one of these steps: none of them could start`,
    `applications.${reader}.connects.1: workload is "search/writr", must be a workload that exists, as <application>/<workload>; did you mean search/writer?`,
  ]);
});

describe("environments and applications", () => {
  const linesOf = (options: Parameters<typeof loadEnvironments>[0]) => {
    try {
      loadEnvironments({ variables: {}, ...options });
      return [];
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems.map(told);
      throw error;
    }
  };

  test("are told together", () => {
    const committed = committedWith({ dev: { owner: 5 }, prod: { "policies.trustedRegistries": ["ghcr.io/"] } });
    const applications = applicationsWith({ [`${reader}.replicas`]: -1 });
    const lines = linesOf({ committed, applications });
    expect(lines[0]).toBe("dev: owner is 5, must be text; write it in quotes");
    expect(lines[1]).toContain(`applications.${reader}: replicas is -1, must be a whole number from 0 to 1000 (pods)`);
    // Of environments that are malformed nothing is known, and dev says so once.
    expect(lines.slice(2).map((line) => line.split(".")[0])).toEqual(Array(lines.length - 2).fill("prod"));
    expect(lines.length).toBeGreaterThan(3);
  });

  test("are compared where an environment is chosen", () => {
    const broken = committedWith({ prod: { "objectStore.buckets": [{ name: "data", keepVersionsDays: 1 }] } });
    expect(linesOf({ committed: broken, names: ["dev"] })).toEqual([]);
    expect(linesOf({ committed: broken, names: ["prod"] })).toHaveLength(6);
  });

  test("fails when versions are no versions", () => {
    const versions = { "search/reader": "latest" };
    expect(linesOf({ committed: committedWith({ dev: { versions } }), names: ["dev"] })).toEqual([
      'dev.versions: search/reader is "latest", must be a semantic version such as 1.4.2, or sha256:<digest>; name what was built: a tag such as latest is another image tomorrow',
    ]);
  });

  test("of which nothing is wrong are loaded as they were given", () => {
    expect(loadEnvironments({ variables: {} }).applications).toEqual(committed);
  });
});
