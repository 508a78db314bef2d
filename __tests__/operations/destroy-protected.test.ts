import { Deployment } from "../../operations/deploy";
import { Destruction } from "../../operations/destroy";
import type { SynthesizedStack } from "../../operations/stacks";
import { describeRehearsal } from "../rehearsal/describe-rehearsal";
import { configurationOf, DeploySite } from "./deploy-site";
import { asked, forget, said, shared } from "./deploy-told";
import { smallStacks, type SmallLayer } from "./small-stacks";

jest.setTimeout(120_000); // some forty runs of the engine, 0.3 s each on an idle machine
beforeEach(forget);

const nothing = () => Promise.resolve();
const nothingLeft = { vanish: async () => [], list: async () => [] };

const stateLayer: SmallLayer = {
  layer: "state",
  resource: { aws_s3_bucket: { States: { bucket: "states", lifecycle: { prevent_destroy: true } } } },
};

/** One of each kind of protection. */
const kept = smallStacks([
  stateLayer,
  {
    layer: "data",
    resource: {
      aws_kms_key: { Key: { description: "of the data", lifecycle: { prevent_destroy: true } } },
      aws_lb: { Balancer: { name: "balancer", enable_deletion_protection: true, lifecycle: { prevent_destroy: true } } },
    },
  },
  { layer: "apps", resource: { kubernetes_namespace_v1: { App: { metadata: { name: "app" } } } } },
]);

describeRehearsal("an environment that is protected", (python) => {
  let site: DeploySite;

  beforeAll(async () => {
    site = await DeploySite.start(python, "prod", { synthesize: kept });
    await deploy();
  });
  afterAll(() => site?.stop());

  const deploy = () => new Deployment({ ...shared(site), bootstrap: nothing, deployed: nothing }).deploy();
  const destruction = () => new Destruction({ ...shared(site), remains: nothingLeft });
  const existing = () => Promise.all(["state", "data", "apps"].map((layer) => site.existing(layer)));

  // One story, in order.

  it("fails when it would be destroyed before its protection was lifted; everything stays, and nobody is asked", async () => {
    await expect(destruction().destroy()).rejects.toThrow(
      "prod is protected (disposable is false). Nothing was destroyed.\n" +
        "  prod-data: aws_kms_key.Key, aws_lb.Balancer\n" +
        "Lift the protection first, in a run of its own: npm run destroy -- prod --unprotect",
    );

    expect(await existing()).toEqual([1, 2, 1]);
    expect(asked).toEqual([]);
  });

  it("fails when lifting the protection would do more, and names it; nothing changes", async () => {
    const before = configurationOf(site.stack("data"));
    const { aws_lb: balancers } = before.resource ?? {};
    const further = { aws_lb: balancers ?? {}, aws_kms_key: { Key: { ...before.resource?.aws_kms_key?.Key, description: "of all data" } } };
    site.change("data", () => ({ ...before, resource: further, output: { further: { value: "1" } } }));

    await expect(destruction().unprotect()).rejects.toThrow(
      "prod-data: lifting the protection would do more. Nothing was changed in this layer.\n" +
        "  update aws_kms_key.Key\n  create output further\n" +
        "  Deploy first, so that nothing else is left to do: npm run deploy -- prod",
    );

    expect(asked).toEqual([]);
    site.change("data", () => before);
    await expect(destruction().destroy()).rejects.toThrow("prod is protected");
  });

  it("has its protection lifted, and only that, and is protected again by a deployment", async () => {
    await destruction().unprotect();
    expect(asked).toEqual(["prod-data: 0 to add, 1 to change, 0 to destroy\n  update aws_lb.Balancer"]);
    expect(await existing()).toEqual([1, 2, 1]);

    const outcomes = await deploy();
    expect(outcomes.map(({ stack, result }) => `${stack} ${result}`)).toEqual([
      "prod-state unchanged",
      "prod-data applied",
      "prod-apps unchanged",
    ]);
    expect(outcomes[1]).toMatchObject({ counts: { add: 0, change: 1, destroy: 0, outputs: 1 } });
    await expect(destruction().destroy()).rejects.toThrow("prod is protected");
  });

  it("is destroyed once its protection was lifted, but for its states", async () => {
    await destruction().unprotect();
    forget();
    await destruction().destroy();

    expect(asked).toEqual([
      "prod in account 123456789012 would be destroyed, with all its data:\n  prod-apps: 1 resource\n  prod-data: 2 resources",
    ]);
    expect(await existing()).toEqual([1, 0, 0]);
    expect(said.at(-1)).toBe("prod is destroyed. The bucket with its states and releases stays.");
    forget();
    await destruction().destroy();
    expect(said.at(-1)).toBe("Nothing of prod stands.");
  });
});

describeRehearsal("the layer that has all states", (python) => {
  let site: DeploySite;

  beforeAll(async () => {
    site = await DeploySite.start(python, "dev", { synthesize: smallStacks([stateLayer]) });
    await new Deployment({ ...shared(site), bootstrap: nothing, deployed: nothing }).deploy();
  });
  afterAll(() => site?.stop());

  it("is destroyed from where a killed run was, also when the bucket with its state is gone already", async () => {
    const { place, ...rest } = shared(site);
    let runs = 0;
    const killed = (stack: SynthesizedStack) => {
      if (stack.folder.includes("unprotected") && ++runs === 5) throw new Error("killed"); // init, plan, show, apply
      return place(stack);
    };
    await expect(new Destruction({ ...rest, remains: nothingLeft, place: killed }).destroy()).rejects.toThrow("killed");
    expect(site.files).toContain("state.tfstate");
    await site.remove("dev/state.tfstate"); // as with its bucket

    forget();
    await new Destruction({ ...rest, remains: nothingLeft, place }).destroy();

    expect(asked).toEqual(["dev in account 123456789012 would be destroyed, with all its data:\n  dev-state: 1 resource"]);
    expect(await site.existing("state")).toBe(0);
    expect(site.files).toEqual(["logs", expect.stringMatching(/^state\.tfstate\.\d{4}-/)]);
  });
});
