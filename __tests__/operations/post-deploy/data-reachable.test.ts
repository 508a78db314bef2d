import { readFileSync } from "node:fs";
import { dataReachable } from "../../../operations/post-deploy/data-reachable";
import { answered, refused } from "../checks/fake-runner";
import { fakeCluster, table } from "./fake-cluster";

const container = (name: string, command: readonly string[]) => ({
  name,
  image: `${name}:1`,
  command: ["sh", "-c", "sleep infinity"],
  envFrom: [{ secretRef: { name: "data" } }],
  readinessProbe: { exec: { command } },
});
const deployment = {
  spec: {
    template: {
      metadata: { labels: { app: "connection-check" } },
      spec: {
        serviceAccountName: "connection-check",
        restartPolicy: "Always",
        containers: [container("database", ["sh", "-c", 'psql "$DATABASE_URL"']), container("cache", ["sh", "-c", "ping"])],
      },
    },
  },
};

interface Job {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly backoffLimit: number;
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly restartPolicy: string;
        readonly serviceAccountName: string;
        readonly containers: readonly Record<string, unknown>[];
      };
    };
  };
}

function cluster(wait = answered("met"), states = "") {
  const created: Job[] = [];
  const fake = fakeCluster({
    "get deployment connection-check": answered(JSON.stringify(deployment)),
    create: (line) => {
      created.push(JSON.parse(readFileSync(line.split("--filename ")[1] ?? "", "utf8")) as Job);
      return answered("created");
    },
    "wait job/": wait,
    "get pods": answered(states),
    "delete job": answered("deleted"),
  });
  return { ...fake, created };
}

describe("data", () => {
  it("passes when a job with what the deployment's pods have comes to its end, and nothing of it stays", async () => {
    const { kubectl, lines, created } = cluster();

    expect(await dataReachable(kubectl, ["data-checks"], "connection-check").look()).toEqual({
      check: "data",
      passed: true,
      found: "database, cache reached",
    });

    const [job] = created;
    expect(job?.kind).toBe("Job");
    const { metadata, spec } = job?.spec.template ?? { metadata: undefined, spec: undefined };
    expect(metadata).toEqual({ labels: { app: "connection-check" } }); // its network policies select by it
    expect(spec).toMatchObject({ restartPolicy: "Never", serviceAccountName: "connection-check" });
    const [database] = spec?.containers ?? [];
    expect(database).toMatchObject({ image: "database:1", envFrom: [{ secretRef: { name: "data" } }] });
    expect(database).not.toHaveProperty("readinessProbe");
    expect((database?.command as readonly string[]).slice(-3)).toEqual(["sh", "-c", 'psql "$DATABASE_URL"']);
    expect(lines.at(-1)).toContain(`--namespace data-checks delete job ${job?.metadata.name}`);
  });

  it("fails when a container does not reach its server, and names that one", async () => {
    const { kubectl, lines } = cluster(refused("timed out waiting for the condition"), table(["database", "0"], ["cache", "1"]));
    expect(await dataReachable(kubectl, ["data-checks"], "connection-check").look()).toMatchObject({
      passed: false,
      found: "not reached from a job in data-checks: cache",
    });
    expect(lines.at(-1)).toContain("delete job connection-check-");
  });

  it("passes where there is no such deployment", async () => {
    expect(await dataReachable(fakeCluster({}).kubectl, [], "connection-check").look()).toMatchObject({ passed: true });
  });
});
