import { spawn } from "node:child_process";
import { join } from "node:path";
import type { LoadedEnvironments } from "../../environments/load";
import { childVariables } from "../../environments/variables";
import { Deployment, type DeployOptions } from "../../operations/deploy";
import type { LayerOutcome } from "../../operations/deploy-layer";
import { Destruction } from "../../operations/destroy";
import type { ClusterRemains } from "../../operations/destroy-remains";
import type { Release } from "../../operations/release";
import { ReleaseKeeper } from "../../operations/release-keeper";
import { awsReleases } from "../../operations/release-stores";
import { Rollback } from "../../operations/rollback";
import { synthesizedStacks } from "../../operations/stacks";
import type { TerraformJson } from "../../operations/terraform-json";
import { describeRehearsal } from "../rehearsal/describe-rehearsal";
import { configurationOf, DeploySite, readyShell } from "./deploy-site";
import { asked, forget, progress, said, shared } from "./deploy-told";

jest.setTimeout(300_000);
beforeEach(forget);

const nothingLeft: Pick<ClusterRemains, "vanish" | "list"> = { vanish: async () => [], list: async () => [] };

describeRehearsal("an environment that is deployed, rolled back and destroyed", (python) => {
  let site: DeploySite;
  let store: ReturnType<typeof awsReleases>;
  let keeper: ReleaseKeeper;
  const bootstrapped: string[] = [];

  beforeAll(async () => {
    const faults = { "dev-cluster": { kind: "held-apply", type: "aws_eks_cluster" } } as const;
    site = await DeploySite.start(python, "dev", { synthesize: oneApplication, faults });
    store = awsReleases(site.shared.environment);
    keeper = new ReleaseKeeper({ store, run: readyShell, progress });
  });
  afterAll(async () => {
    store?.close();
    await site?.stop();
  });

  const deploy = (options: Partial<DeployOptions> = {}): Promise<readonly LayerOutcome[]> =>
    new Deployment({
      ...shared(site),
      bootstrap: async ({ name }) => void bootstrapped.push(name),
      deployed: (stack, plan) => keeper.keep(stack, plan),
      ...options,
    }).deploy();
  const results = (outcomes: readonly LayerOutcome[]) => outcomes.map(({ stack, result }) => `${stack} ${result}`);
  const newest = async (): Promise<Release | undefined> => (await store.list()).at(-1);

  // One story, in order.

  it("goes on after it was killed in the middle of an apply, and nothing exists twice", async () => {
    const held = site.providers.held();
    const args = ["--require", "./scripts/transpile.cjs", join(__dirname, "deploy-run.ts"), site.write()];
    const child = spawn(process.execPath, args, { cwd: join(__dirname, "../.."), env: childVariables(site.machine), stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("close", (_code, signal) => resolve(signal)));
    await Promise.race([held, ended.then((signal) => Promise.reject(new Error(`it ended with ${String(signal)} before it was killed`)))]);
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");

    const again = deploy();
    await site.providers.ask("release", "dev-cluster"); // the cloud finishes what it was asked for
    const outcomes = await again;

    expect(results(outcomes)).toEqual([
      "dev-state unchanged",
      expect.stringMatching(/^dev-cluster /),
      "dev-platform applied",
      "dev-data applied",
      "dev-apps applied",
    ]);
    expect(bootstrapped).toEqual(["dev-state"]);
    for (const { layer, resources } of site.shared.stacks) expect([layer, await site.existing(layer)]).toEqual([layer, resources]);
    expect(asked.at(-1)).toMatch(/^dev-apps: \d+ to add, 0 to change, 0 to destroy\n/);
    expect(site.logs).toContain("Apply complete!");
    expect(site.files.filter((name) => name.endsWith(".tfplan"))).toEqual([]);
    expect(await store.list()).toEqual([
      expect.objectContaining({
        id: 1,
        commit: "0123456789abcdef0123456789abcdef01234567",
        dirty: false,
        summary: expect.stringMatching(/ 0 to destroy$/),
      }),
    ]);
  });

  it("keeps another release of the apps layer, and goes back to the first, which is a third", async () => {
    const [address, changed] = otherReplicas(site);
    site.change("apps", changed);
    await deploy({ layers: ["apps"] });
    expect(await newest()).toMatchObject({ id: 2, changes: [`update ${address}`], summary: "0 to add, 1 to change, 0 to destroy" });

    const rollback = new Rollback({ ...shared(site), store, keeper });
    expect(await rollback.back()).toMatchObject({ result: "applied", counts: { add: 0, change: 1, destroy: 0 } });

    expect(said).toContainEqual(expect.stringContaining("Migrations and data stay as they are"));
    expect(await newest()).toMatchObject({ id: 3, backTo: 1, changes: [`update ${address}`], digest: (await store.list())[0]?.digest });
    expect(asked.at(-1)).toBe(`dev-apps: 0 to add, 1 to change, 0 to destroy\n  update ${address}`);
  });

  it("fails when something of the cluster is left, names it, and the cluster stands; the next run destroys the rest", async () => {
    const left = { ...nothingLeft, vanish: async () => ["volume vol-1"] };
    const destroy = (remains: typeof nothingLeft) => new Destruction({ ...shared(site), remains }).destroy();

    await expect(destroy(left)).rejects.toThrow(/left of the cluster[^]*volume vol-1[^]*--leave-behind/);
    expect(asked[0]).toMatch(
      /^dev in account 123456789012 would be destroyed, with all its data:\n {2}dev-apps: \d+ resources\n {2}dev-data: /,
    );
    expect(await Promise.all(["apps", "data", "platform"].map((layer) => site.existing(layer)))).toEqual([0, 0, 0]);
    expect(await site.existing("cluster")).toBeGreaterThan(0);

    await destroy(nothingLeft);
    expect(asked[1]).toMatch(/all its data:\n {2}dev-cluster: \d+ resources\n {2}dev-state: 17 resources$/);
    expect(await Promise.all(["cluster", "state"].map((layer) => site.existing(layer)))).toEqual([0, 0]);
    expect(site.files).toEqual(["logs", expect.stringMatching(/^state\.tfstate\.\d{4}-/)]);
  });
});

/** All layers, with one application: three would be three times as much work for the engine, and the same for the commands. */
function oneApplication(outdir: string, { applications, ...loaded }: LoadedEnvironments) {
  return synthesizedStacks({ ...loaded, applications: applications.filter(({ name }) => name === "sre-portal") }, outdir);
}

/** Gives the first deployment that says how many replicas it has another number. @returns its address, and the change */
function otherReplicas(site: DeploySite): [string, (json: TerraformJson) => TerraformJson] {
  const type = "kubernetes_deployment_v1";
  const all = configurationOf(site.stack("apps")).resource?.[type] ?? {};
  const [name, deployment] = Object.entries(all).find(([, { spec }]) => (spec as { replicas?: string }).replicas !== undefined) ?? [];
  if (name === undefined) throw new Error("no deployment says how many replicas it has");
  const changed = { ...deployment, spec: { ...(deployment?.spec as object), replicas: "7" } };
  return [`${type}.${name}`, (json) => ({ ...json, resource: { ...json.resource, [type]: { ...all, [name]: changed } } })];
}
