import { existsSync } from "node:fs";
import { join } from "node:path";
import { FakeMachine } from "./fake-machine";

jest.setTimeout(300_000);

describe("the environment on the laptop", () => {
  let machine: FakeMachine;
  beforeAll(async () => {
    machine = await FakeMachine.create();
  });
  afterAll(() => machine.remove());

  const applied = () => machine.calls().filter((call) => call.endsWith(" apply"));

  // One story, in order.

  it("is deployed as npm run up does, and its apps layer is kept as a release", async () => {
    const { exitCode, stderr, stdout } = await machine.run("deploy", ["local", "--yes", "--skip-checks"]);

    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(applied()).toEqual(["cluster", "state", "platform", "data", "apps"].map((layer) => `local-${layer} apply`));
    expect(stdout).toMatch(/local-apps: kept as release 1 in \S+releases/);
  });

  it("fails when nothing had to change, but a check does not pass: all are made with its own kubeconfig, and each says what to do", async () => {
    const { exitCode, stdout } = await machine.run("deploy", ["local", "--patience", "0"]);

    expect(exitCode).toBe(3);
    expect(stdout).toContain("Nothing had to change.");
    expect(stdout).not.toContain("kept as release");
    expect(stdout).toMatch(/│ pods +│ failed │ there are none +│/);
    expect(stdout).toMatch(/│ routes +│ failed │ \d of \d do not answer: https:\/\/\S+ \(.*ECONNREFUSED/);
    expect(stdout).toMatch(/│ policies +│ failed │ \S+ lets a privileged pod in/);
    expect(stdout).toMatch(/│ signatures +│ ok +│ not asked for/);
    expect(stdout).toContain("\npods: deploy the environment first\n");
    const calls = machine.calls();
    expect(calls.filter((call) => call.endsWith(" apply"))).toEqual([]);
    const asked = calls.filter((call) => call.startsWith("kubectl"));
    const own = `kubectl --kubeconfig ${join(machine.state, "kubeconfig")} --context kind-ml-platform-local `;
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((call) => !call.startsWith(own))).toEqual([]);
  });

  it("lists its releases", async () => {
    const { stdout } = await machine.run("rollback", ["local", "--list"]);
    expect(stdout).toMatch(/│ +1 │ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d │ \S+@\S+ +│ .* │ 1 to add, 0 to change, 0 to destroy/);
  });

  it("fails when one layer of it is to be deployed, or its protection is to be lifted", async () => {
    const { stderr } = await machine.run("deploy", ["local", "--layer", "apps"]);
    expect(stderr).toBe("local is deployed as a whole; leave --layer out\n");
    expect((await machine.run("destroy", ["local", "--unprotect"])).stderr).toContain("local is disposable: nothing has to be lifted");
  });

  it("fails when it would be destroyed and nobody is there to type its name, or types another one", async () => {
    machine.calls();
    const { exitCode, stderr } = await machine.run("destroy", ["local"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /Kind cluster ml-platform-local, with the state store[^]*Nothing was changed\. Run `npm run destroy -- local --confirm local`/,
    );
    const other = await machine.run("destroy", ["local", "--confirm", "dev"]);
    expect(other.stderr).toBe('--confirm is "dev", must be local, which would be destroyed\n');
    expect(machine.calls().filter((call) => call.endsWith(" destroy"))).toEqual([]);
  });

  it("is destroyed in reverse, goes on after it was killed, and sets its files aside", async () => {
    machine.change({ dieAt: "local-state destroy ended" });
    expect((await machine.run("destroy", ["local", "--confirm", "local"])).exitCode).toBeNull(); // a signal
    const first = machine.calls().filter((call) => call.endsWith(" destroy"));

    const { exitCode, stderr, stdout } = await machine.run("destroy", ["local", "--confirm", "local"]);

    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("local is destroyed.");
    expect(first).toEqual(["apps", "data", "platform", "state"].map((layer) => `local-${layer} destroy`));
    expect(machine.calls().filter((call) => call.endsWith(" destroy"))).toEqual(["local-cluster destroy"]);
    expect(machine.world.clusterId).toBeUndefined();
    const aside = (name: string) => machine.files().filter((file) => new RegExp(`^${name}\\.\\d{4}-`).test(file));
    for (const name of ["cluster\\.tfstate", "state\\.tfstate", "credentials", "releases"])
      expect([name, aside(name).length]).toEqual([name, 1]);
    expect(existsSync(join(machine.state, "releases"))).toBe(false);
  });
});
