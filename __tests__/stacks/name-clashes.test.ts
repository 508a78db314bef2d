import type { Application } from "../../applications/application";
import { ConfigurationError, describe as told } from "../../constructs/shared/errors";
import type { EnvironmentName } from "../../environments/environment";
import { loadEnvironments } from "../../environments/load";
import { plain } from "../applications/changed";
import { synthesizedEnvironments } from "./synthesized-environments";

const application = (name: string, changes: Partial<Application> = {}): Application => ({
  ...{ name, description: "Something", owner: "some-team", secrets: {}, access: { viewers: [], admins: [] }, workloads: { server: plain } },
  ...changes,
});

/** What is told when environments with these applications are synthesized; nothing when they are written. */
function refusals(name: EnvironmentName, applications: readonly Application[]): readonly string[] {
  try {
    synthesizedEnvironments(loadEnvironments({ names: [name], variables: {}, applications }));
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(told);
    throw error;
  }
}

const secret = { secrets: { admin: { from: "generated" } }, workloads: { server: { ...plain, secrets: { KEY: "admin" } } } } as const;

describe("names that the platform has", () => {
  it("fails when an application has the namespace of an add-on, of data, or of the state", () => {
    const names = ["keda", "database", "state-store", "access"];
    expect(
      refusals(
        "local",
        names.map((name) => application(name)),
      ),
    ).toEqual(
      names.map((name) =>
        expect.stringMatching(
          new RegExp(
            `^local-apps/${name}/Namespace/Resource: name is "${name}", must be different from that of local-[a-z]+/.*; rename one of the two$`,
          ),
        ),
      ),
    );
  });

  it("fails when a workload has the role, and a secret the place in the store, of one of the platform's", () => {
    const check = { ...plain, connects: [{ to: "bucket", bucket: "data", access: "read" }] } as const;
    const lines = refusals("dev", [application("connection", { workloads: { check } }), application("grafana", secret)]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^dev-apps\/connection\/check\/.*: name is "ml-platform-dev-connection-check", must be different from that of dev-data\/.*; rename/,
      ),
      expect.stringMatching(
        /^dev-apps\/grafana\/Secret-admin\/.*: name is "ml-platform-dev\/grafana-admin", must be different from that of dev-platform\/.*; rename/,
      ),
    ]);
  });

  it("fails when a secret has the place of one of the platform's in the store on the laptop", () => {
    const secret = { secrets: { app: { from: "generated" } }, workloads: { server: { ...plain, secrets: { KEY: "app" } } } } as const;
    expect(refusals("local", [application("database", secret)])).toEqual([
      expect.stringContaining('local-apps/database/Namespace/Resource: name is "database", must be different from that of local-data/'),
      expect.stringMatching(
        /^local-apps\/database\/Secret-app\/.*: name is ".*\/database-app", must be different from that of local-data\/.*; rename one of the two$/,
      ),
    ]);
  });
});
