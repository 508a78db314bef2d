import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Ended } from "./command";
import { FakeMachine } from "./fake-machine";

jest.setTimeout(300_000);

let machine: FakeMachine;
let first: Ended;
let firstCalls: readonly string[];
beforeAll(async () => {
  machine = await FakeMachine.create();
  first = await machine.run("up");
  firstCalls = engineCalls();
  machine.save();
});
afterAll(() => machine.remove());

const engineCalls = () => machine.calls().filter((call) => call.startsWith("local-"));

describe("on a machine with nothing", () => {
  it("brings up layer by layer, keeps the credentials closed, and changes nothing the second time", async () => {
    expect(first.stderr).toBe("");
    expect(first.exitCode).toBe(0);
    expect(firstCalls).toEqual([
      ...["init", "plan", "show", "apply"].map((command) => `local-cluster ${command}`),
      ...["init", "plan", "show", "apply", "output"].map((command) => `local-state ${command}`),
      ...["platform", "data", "apps"].flatMap((layer) => ["init", "plan", "show", "apply"].map((command) => `local-${layer} ${command}`)),
    ]);
    expect(first.stdout).toContain("local-state: planning: 1 to add, 0 to change, 0 to destroy");
    expect(first.stdout).toMatch(/docker tag (\S+) localhost:\d+\/\1\n\s+docker push localhost:\d+\/\1/);
    expect(first.stdout).toContain("--context kind-ml-platform-local");
    expect(readFileSync(join(machine.state, "credentials"), "utf8")).toBe(
      "[evenkeel-state]\naws_access_key_id = terraform\naws_secret_access_key = secret-of-id-1\n",
    );
    expect(statSync(join(machine.state, "credentials")).mode & 0o777).toBe(0o600);
    expect(statSync(machine.state).mode & 0o777).toBe(0o700);
    expect(first.stdout).not.toContain("secret-of");
    expect(machine.files().filter((name) => name.endsWith(".tfplan"))).toEqual([]);

    const second = await machine.run("up");

    expect(second.exitCode).toBe(0);
    expect(second.stdout).toContain("Nothing had to change.");
    expect(engineCalls().filter((call) => call.endsWith("apply"))).toEqual([]);
  });

  it("goes on after it was killed, each time from where it was", async () => {
    machine.clear();
    for (const dieAt of ["local-cluster apply begins", "local-cluster apply ended", "local-state apply ended", "local-platform init"]) {
      machine.change({ dieAt });
      expect([dieAt, (await machine.run("up")).exitCode]).toEqual([dieAt, null]); // a signal
      expect(machine.world.dieAt).toBeUndefined();
    }

    const { exitCode, stderr } = await machine.run("up");

    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(machine.world.clusters).toBe(1);
    expect(Object.keys(machine.world.bucket)).toEqual(["platform", "data", "apps"].map((layer) => `local/${layer}.tfstate`));
  });

  it("asks before it removes a cluster that no state lists, as a killed run leaves it", async () => {
    machine.clear();
    machine.change({ dieAt: "local-cluster apply without state" });
    await machine.run("up");

    const refused = await machine.run("up");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("exists, but no state lists it");
    expect(machine.world.clusterId).toBe("id-1");

    const { exitCode } = await machine.run("up", ["--yes"]);
    expect(exitCode).toBe(0);
    expect(machine.world.clusterId).toBe("id-2");
  });

  it("fails when the engine fails, with its words and the place of its log", async () => {
    machine.clear();
    machine.change({ failAt: "local-state" });

    const { exitCode, stderr, stdout } = await machine.run("up");

    expect(exitCode).toBe(1);
    expect(stderr).toContain("the provider said no");
    expect(stderr).not.toContain("    at ");
    const log = /the engine's output is in (\S+\.log)/.exec(stdout)?.[1] ?? "";
    expect(readFileSync(join(__dirname, "../..", log), "utf8")).toContain("the provider said no");
    expect(machine.calls()).not.toContain("local-platform init");
  });
});

describe("on a machine where it is up", () => {
  beforeEach(() => machine.restore());

  it("fails when the cluster would be replaced and nobody is there to ask; nothing changes", async () => {
    const before = machine.world;

    const { exitCode, stderr, stdout } = await machine.run("up", [], machine.otherNodeImage());

    expect(exitCode).toBe(1);
    expect(stderr).toContain("Kind cluster ml-platform-local would be replaced:");
    expect(stderr).toMatch(
      /node_image: "docker\.io\/kindest\/node:v1\.35\.0@sha256:\w+" -> "docker\.io\/kindest\/node:v1\.35\.1@sha256:0+"/,
    );
    expect(stderr).toContain("the state store and the Terraform states in it, the images in the registry, and every workload");
    expect(stderr).not.toContain("    at ");
    expect(stdout).not.toContain("local-cluster: applying");
    expect(machine.world).toEqual(before);
  });

  it("replaces the cluster after --yes, and the next layers start from nothing", async () => {
    const { exitCode, stdout, stderr } = await machine.run("up", ["--yes"], machine.otherNodeImage());

    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("would be replaced");
    expect(machine.world).toMatchObject({ clusterId: "id-2", secret: "secret-of-id-2" });
    expect(engineCalls()).toEqual(expect.arrayContaining(["local-state apply", "local-platform apply"]));
    expect(readFileSync(join(machine.state, "credentials"), "utf8")).toContain("secret-of-id-2");
    // The old files are kept.
    const aside = machine.files().filter((name) => /^(state\.tfstate|credentials)\.\d{4}-/.test(name));
    expect(aside).toHaveLength(2);
  });

  it("fails when the cluster is gone but its state is there, and starts over after --yes", async () => {
    machine.deleteCluster();

    const refused = await machine.run("up");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("Kind cluster ml-platform-local is gone");
    expect(machine.files().filter((name) => name.startsWith("cluster.tfstate"))).toEqual(["cluster.tfstate"]);

    const { exitCode, stderr } = await machine.run("up", ["--yes"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(machine.world.clusterId).toBe("id-2");
    expect(machine.files().filter((name) => /^cluster\.tfstate\.\d/.test(name))).toHaveLength(1);
  });

  it("takes over a cluster that cdktf deployed, states included", async () => {
    rmSync(join(machine.state, "cluster-id"));

    const { exitCode, stdout } = await machine.run("up");

    expect(exitCode).toBe(0);
    expect(stdout).toContain("Nothing had to change.");
    expect(machine.files().filter((name) => /\.\d{4}-/.test(name) && !name.endsWith(".log"))).toEqual([]);
  });

  it("starts the nodes of a stopped cluster", async () => {
    machine.change({ running: false });

    const { exitCode, stdout } = await machine.run("up");

    expect(exitCode).toBe(0);
    expect(stdout).toContain("Kind cluster ml-platform-local is stopped: starting it");
    expect(machine.calls()).toEqual(expect.arrayContaining(["docker start", "docker exec"]));
    expect(machine.world.running).toBe(true);
  });

  it("goes on after a replacement was killed, each time from where it was", async () => {
    for (const dieAt of ["local-cluster apply begins", "local-cluster apply without state", "local-cluster apply ended"]) {
      machine.change({ dieAt });
      expect([dieAt, (await machine.run("up", ["--yes"], machine.otherNodeImage())).exitCode]).toEqual([dieAt, null]);
      expect(machine.world.dieAt).toBeUndefined();
    }

    const { exitCode, stderr } = await machine.run("up", ["--yes"], machine.otherNodeImage());

    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(readFileSync(join(machine.state, "credentials"), "utf8")).toContain(machine.world.clusterId);
    expect(Object.keys(machine.world.bucket)).toEqual(["platform", "data", "apps"].map((layer) => `local/${layer}.tfstate`));
  });
});

it("fails when the state store lets two writers in", async () => {
  const dishonest = await FakeMachine.create(false);
  try {
    const { exitCode, stderr } = await dishonest.run("up");

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/conditional/i);
    expect(stderr).not.toContain("    at ");
    expect(dishonest.calls()).not.toContain("local-platform init");
  } finally {
    await dishonest.remove();
  }
});
