import { Deployment, type DeployOptions } from "../../operations/deploy";
import type { LayerOutcome } from "../../operations/deploy-layer";
import { planExitCode, planRows, planStacks } from "../../operations/plan";
import { ReleaseKeeper } from "../../operations/release-keeper";
import { awsReleases } from "../../operations/release-stores";
import { Rollback } from "../../operations/rollback";
import type { TerraformJson } from "../../operations/terraform-json";
import { describeRehearsal } from "../rehearsal/describe-rehearsal";
import { DeploySite, placeOn, readyShell } from "./deploy-site";
import { asked, forget, progress, said, shared } from "./deploy-told";
import { outputOf, smallStacks } from "./small-stacks";

jest.setTimeout(120_000); // some fifty runs of the engine, 0.3 s each on an idle machine
beforeEach(forget);

describeRehearsal("releases of the apps layer", (python) => {
  let site: DeploySite;
  let store: ReturnType<typeof awsReleases>;
  let keeper: ReleaseKeeper;

  beforeAll(async () => {
    site = await DeploySite.start(python, "dev", { synthesize: twoLayers });
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
      bootstrap: () => Promise.resolve(),
      deployed: (stack, plan) => keeper.keep(stack, plan),
      ...options,
    }).deploy();
  const rollback = (id?: number) => new Rollback({ ...shared(site), store, keeper }).back(id);
  const results = (outcomes: readonly LayerOutcome[]) => outcomes.map(({ stack, result }) => `${stack} ${result}`);
  const plan = () => planStacks(site.shared.stacks, site.shared.stacks, progress, placeOn(site.shared));

  // One story, in order.

  it("are planned before anything exists: what waits says after which layer", async () => {
    const outcomes = await plan();

    expect(planRows(outcomes)).toEqual([
      ["dev-data", 1, 0, 0, "and 1 of its outputs"],
      ["dev-apps", "", "", "", "after data"],
    ]);
    expect(planExitCode(outcomes)).toBe(2);
    await expect(rollback()).rejects.toThrow("dev has no releases yet");
  });

  it("are kept one for each deployment that changes something, and none for one that changes nothing", async () => {
    expect(results(await deploy())).toEqual(["dev-data applied", "dev-apps applied"]);
    expect(asked).toEqual([
      "dev-data: 1 to add, 0 to change, 0 to destroy\n  create kubernetes_namespace_v1.Data",
      "dev-apps: 3 to add, 0 to change, 0 to destroy\n  create kubernetes_config_map_v1.Settings\n  create kubernetes_job_v1.Migration\n  create kubernetes_namespace_v1.App",
    ]);
    await expect(rollback()).rejects.toThrow("dev has nothing to go back to: no release differs from the last one, 1");

    forget();
    expect(results(await deploy())).toEqual(["dev-data unchanged", "dev-apps unchanged"]);
    expect(said.at(-1)).toBe("\nNothing had to change.");
    expect(asked).toEqual([]);

    site.change("apps", (json) => ({ ...json, output: { level: { value: "info" } } }));
    await deploy({ layers: ["apps"] });
    expect((await store.list()).map(({ id, summary }) => [id, summary])).toEqual([
      [1, "3 to add, 0 to change, 0 to destroy"],
      [2, "1 output changes"],
    ]);
  });

  it("catch up with what was deployed by a run that was killed before it was kept", async () => {
    site.change("apps", (json) => ({ ...json, output: { level: { value: "debug" } } }));
    await deploy({ layers: ["apps"], deployed: () => Promise.resolve() });
    expect(await store.list()).toHaveLength(2);

    expect(results(await deploy({ layers: ["apps"] }))).toEqual(["dev-apps unchanged"]);

    expect((await store.list()).at(-1)).toMatchObject({ id: 3, summary: "no changes" });
  });

  it("are gone back to: to the last that is another one, to one by its number, and again without a change", async () => {
    expect(await rollback()).toMatchObject({ result: "applied", counts: { outputs: 1 } });
    expect(await rollback(1)).toMatchObject({ result: "applied" });
    expect(await rollback(1)).toMatchObject({ result: "unchanged" });

    const releases = await store.list();
    expect(releases.map(({ id, backTo }) => [id, backTo])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, undefined],
      [4, 2],
      [5, 1],
    ]);
    expect(releases[4]?.digest).toBe(releases[0]?.digest);
    await expect(rollback(9)).rejects.toThrow("dev: release is 9, must be one of 1, 2, 3, 4, 5; choose one of them");
  });

  it("are not gone back to where something would be lost; a deployment may do it when it is allowed", async () => {
    site.change("apps", further);
    await deploy({ layers: ["apps"] });

    const loss = "kubernetes_namespace_v1.Further would be destroyed, with everything in it";
    await expect(rollback(1)).rejects.toThrow(
      new RegExp(`dev-apps: the plan loses what keeps something\\.[^]*${loss}[^]*Go forward instead`),
    );
    site.change("apps", ({ resource: { kubernetes_namespace_v1: { App } = {}, ...resource } = {}, ...json }) => ({
      ...json,
      resource: { ...resource, kubernetes_namespace_v1: { ...(App ? { App } : {}) } },
    }));
    forget();
    await expect(deploy({ layers: ["apps"] })).rejects.toThrow(new RegExp(`${loss}[^]*--allow-stateful-destroy`));
    expect(asked).toEqual([]);
    expect(await site.existing("apps")).toBe(4);

    expect(results(await deploy({ layers: ["apps"], allowStatefulDestroy: true }))).toEqual(["dev-apps applied"]);
    expect(await site.existing("apps")).toBe(3);
  });

  it("come after the layer that will have a new output, or has no longer an old one", async () => {
    site.change("data", (json) => ({ ...json, output: { ...json.output, newly: { value: "crossing" } } }));
    site.change("apps", (json) => ({ ...json, output: { copied: { value: outputOf("dev", "data", "newly") } } }));

    expect(planRows(await plan()).map((row) => row.at(-1))).toEqual(["1 output changes", "after data"]);
    expect(results(await deploy({ layers: ["apps"] }))).toEqual(["dev-apps waits"]);
    expect(said.at(-1)).toContain("dev-apps comes after data");
    expect(results(await deploy())).toEqual(["dev-data applied", "dev-apps applied"]);

    const { id = 0 } = (await store.list()).at(-1) ?? {};
    site.change("data", (json) => ({ ...json, output: { name: { value: "data" } } }));
    site.change("apps", (json) => ({ ...json, output: { level: { value: "info" } } }));
    await deploy();
    await expect(rollback(id)).rejects.toThrow(
      new RegExp(`^release ${id} comes after data: [^]*from the commit of the release, 0123456789`),
    );
  });

  it("are gone back to without their migrations: the data is ahead of them", async () => {
    site.change("apps", releaseOf("1-0-0"));
    await deploy();
    const { id, digest } = (await store.list()).at(-1) ?? {};
    site.change("apps", releaseOf("2-0-0"));
    forget();
    await deploy({ layers: ["apps"] });
    expect(asked.join()).toMatch(/kubernetes_job_v1\.Migration/);

    forget();
    expect(await rollback(id)).toMatchObject({ result: "applied", counts: { outputs: 1 } });
    expect(asked.join()).not.toMatch(/kubernetes_job_v1/);
    expect((await store.list()).at(-1)).toMatchObject({ backTo: id, digest }); // what is kept is the release itself
  });
});

function releaseOf(version: string): (json: TerraformJson) => TerraformJson {
  return (json) => ({
    ...json,
    resource: { ...json.resource, kubernetes_job_v1: { Migration: migrationOf(version) } },
    output: { version: { value: version } },
  });
}

/** A migration that is called by its version, as a job is by what it does. */
function migrationOf(version: string) {
  const container = [{ name: "migration", image: `docker.io/library/busybox:${version}` }];
  const template = { metadata: { labels: { "evenkeel/role": "migration" } }, spec: { restart_policy: "Never", container } };
  return { metadata: { name: `migration-${version}`, namespace: "app" }, spec: { template } };
}

function further(json: TerraformJson): TerraformJson {
  const namespaces = { ...json.resource?.kubernetes_namespace_v1, Further: { metadata: { name: "further" } } };
  return { ...json, resource: { ...json.resource, kubernetes_namespace_v1: namespaces } };
}

/** As little as there can be of the last two layers: it is about releases, not about what is in them. */
const twoLayers = smallStacks([
  { layer: "data", resource: { kubernetes_namespace_v1: { Data: { metadata: { name: "data" } } } }, output: { name: { value: "data" } } },
  {
    layer: "apps",
    reads: ["data"],
    resource: {
      kubernetes_namespace_v1: { App: { metadata: { name: "app" } } },
      kubernetes_job_v1: { Migration: migrationOf("1-0-0") },
      kubernetes_config_map_v1: {
        Settings: { metadata: { name: "settings", namespace: "app" }, data: { store: outputOf("dev", "data", "name") } },
      },
    },
  },
]);
