import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providers } from "../../../constructs/shared/providers";
import type { ProviderSchema } from "../../../rehearsal/schemas/provider-schema";
import { missingEngine } from "../../../rehearsal/real-providers/installed-providers";
import { schemaFor } from "../../../rehearsal/schemas/committed-schemas";
import { cannotRun } from "../../cannot-run";
import { SimulatedStack } from "./simulated-stack";

jest.setTimeout(60_000);

const committed = schemaFor(providers.aws.source, ["aws_vpc", "aws_subnet"]);
const text = { type: "string", optional: true } as const;
const computed = { type: "string", computed: true } as const;

const schema: ProviderSchema = {
  ...committed,
  resource_schemas: {
    ...committed.resource_schemas,
    aws_anything: { version: 0, block: { attributes: { id: computed, manifest: { type: "dynamic", optional: true } } } },
    aws_thing: { version: 0, block: { attributes: { id: computed, name: text, deletion_protection: { type: "bool", optional: true } } } },
  },
  data_source_schemas: {
    aws_zone: { version: 0, block: { attributes: { id: computed, arn: computed, name: text } } },
  },
};

const missing = missingEngine();
if (missing === undefined) describe("a simulated provider and the real engine", exchange);
else cannotRun(`Simulated providers cannot be tested here: ${missing}`);

function exchange(): void {
  let work: string;
  let stack: SimulatedStack;

  beforeEach(async () => {
    work = mkdtempSync(join(tmpdir(), "evenkeel-simulated-"));
    stack = await SimulatedStack.start(join(work, "one"), schema);
  });

  afterEach(() => {
    stack.stop();
    rmSync(work, { recursive: true });
  });

  const network = (cidr: string, lifecycle?: object) => ({
    provider: { aws: { region: "eu-central-1", default_tags: [{ tags: { Project: "ml-platform" } }] } },
    resource: {
      aws_vpc: { Main: { cidr_block: cidr, tags: { Name: "main" }, ...(lifecycle ? { lifecycle } : {}) } },
      aws_subnet: { First: { vpc_id: "${aws_vpc.Main.id}", cidr_block: "10.0.1.0/24" } },
    },
    output: { vpc: { value: "${aws_vpc.Main.arn}" } },
  });

  /** Whether the engine would change something. */
  async function wouldChange(...options: readonly string[]): Promise<boolean> {
    const { exitCode, stdout, stderr } = await stack.run("plan", "-detailed-exitcode", ...options);
    if (exitCode !== 0 && exitCode !== 2) throw new Error(stdout + stderr);
    return exitCode === 2;
  }

  it("applies, has nothing to change after that, and destroys", async () => {
    await stack.write(network("10.0.0.0/16"));
    await stack.apply();

    const vpc = stack.attributes("aws_vpc", "Main");
    expect(vpc).toMatchObject({ cidr_block: "10.0.0.0/16", region: "eu-central-1", tags_all: { Name: "main", Project: "ml-platform" } });
    expect(vpc.id).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(stack.attributes("aws_subnet", "First").vpc_id).toBe(vpc.id);
    expect(stack.state).toMatchObject({ outputs: { vpc: { value: vpc.arn } } });
    expect([...stack.world.remaining("hand-written")].sort()).toEqual(["aws_subnet", "aws_vpc"]);
    expect(await wouldChange()).toBe(false);

    await stack.apply("-destroy");
    expect(stack.state.resources).toEqual([]);
    expect(stack.world.remaining("hand-written")).toEqual([]);
  });

  it("updates in place what can be changed", async () => {
    await stack.write(network("10.0.0.0/16"));
    await stack.apply();
    const before = stack.attributes("aws_vpc", "Main");

    const changed = network("10.0.0.0/16");
    changed.resource.aws_vpc.Main.tags.Name = "other";
    await stack.write(changed);
    expect(await stack.apply()).toContain("0 added, 1 changed, 0 destroyed");

    const tags = { Name: "other" };
    expect(stack.attributes("aws_vpc", "Main")).toEqual({ ...before, tags, tags_all: { ...tags, Project: "ml-platform" } });
    expect(await wouldChange()).toBe(false);
  });

  it.each([
    ["destroyed first", undefined, "-/+ destroy and then create replacement"],
    ["created first", { create_before_destroy: true }, "+/- create replacement and then destroy"],
  ])("replaces for an argument that cannot be changed, %s", async (_, lifecycle, order) => {
    await stack.write(network("10.0.0.0/16", lifecycle));
    await stack.apply();
    const before = stack.attributes("aws_vpc", "Main");

    await stack.write(network("10.1.0.0/16", lifecycle));
    const said = await stack.apply();

    expect(said).toContain(order);
    expect(said).toMatch(/cidr_block += "10\.0\.0\.0\/16" -> "10\.1\.0\.0\/16" # forces replacement/);
    const after = stack.attributes("aws_vpc", "Main");
    expect(after.id).not.toBe(before.id);
    // The subnet's VPC cannot be changed either.
    expect(stack.attributes("aws_subnet", "First").vpc_id).toBe(after.id);
    expect([...stack.world.remaining("hand-written")].sort()).toEqual(["aws_subnet", "aws_vpc"]);
    expect(await wouldChange()).toBe(false);
  });

  it("tells a replacement from the twin that it replaces", async () => {
    await stack.write({ resource: { aws_thing: { One: { name: "same", lifecycle: { create_before_destroy: true } } } } });
    await stack.apply();
    await stack.apply("-replace=aws_thing.One");
    expect(stack.world.remaining("hand-written")).toEqual(["aws_thing"]);
    expect(await wouldChange()).toBe(false);
  });

  it("keeps two configurations of a provider apart", async () => {
    await stack.write({
      provider: { aws: [{ region: "eu-central-1" }, { alias: "edge", region: "us-east-1" }] },
      resource: {
        aws_vpc: { Here: { cidr_block: "10.0.0.0/16" }, There: { cidr_block: "10.0.0.0/16", provider: "aws.edge" } },
      },
    });
    await stack.apply();
    expect(stack.attributes("aws_vpc", "Here").arn).toMatch(/^arn:aws:ec2:eu-central-1:/);
    expect(stack.attributes("aws_vpc", "There").arn).toMatch(/^arn:aws:ec2:us-east-1:/);
    expect(await wouldChange()).toBe(false);
  });

  it("makes the same state of the same stack in every world", async () => {
    const other = await SimulatedStack.start(join(work, "other"), schema);
    try {
      for (const one of [stack, other]) {
        await one.write(network("10.0.0.0/16"));
        await one.apply();
      }
      const { lineage, ...state } = stack.state;
      const { lineage: otherLineage, ...otherState } = other.state;
      expect(otherLineage).not.toBe(lineage);
      expect(otherState).toEqual(state);
    } finally {
      other.stop();
    }
  });

  it("reads a data source", async () => {
    await stack.write({
      provider: { aws: { region: "eu-central-1" } },
      data: { aws_zone: { A: { name: "a" } } },
      resource: { aws_thing: { One: { name: "in ${data.aws_zone.A.arn}" } } },
    });
    await stack.apply();
    const { arn } = stack.attributes("aws_zone", "A");
    expect(arn).toMatch(/^arn:aws:zone:eu-central-1:/);
    expect(stack.attributes("aws_thing", "One").name).toBe(`in ${String(arn)}`);
    expect(await wouldChange()).toBe(false);
  });

  it("reads a state that lacks an attribute of the schema, and one that has another", async () => {
    await stack.write({ resource: { aws_thing: { One: { name: "one" } } } });
    await stack.apply();
    const [resource] = stack.state.resources;
    const attributes = { id: "one", name: "one", from_an_older_version: true };
    stack.state = { ...stack.state, resources: resource ? [{ ...resource, instances: [{ ...resource.instances[0], attributes }] }] : [] };

    expect(await wouldChange("-refresh=false")).toBe(false);
    expect(await wouldChange()).toBe(false);
  });

  it("shows what vanished and what was changed behind the engine's back", async () => {
    await stack.write(network("10.0.0.0/16"));
    await stack.apply();
    const [resource] = stack.state.resources.filter(({ type }) => type === "aws_vpc");
    const key = Buffer.from(resource?.instances[0]?.private ?? "", "base64").toString();
    const object = stack.world.get(key);
    if (object === undefined) throw new Error(`the state's key ${key} is nothing in the simulated cloud`);

    stack.world.set(key, { ...object, values: { ...object.values, tags: { Name: "by hand" } } });
    expect((await stack.run("plan")).stdout).toMatch(/"Name" = "by hand" -> "main"/);

    stack.world.remove(key);
    expect((await stack.run("plan")).stdout).toContain("# aws_vpc.Main will be created");
  });

  it("brings into the state what exists, and fails when it does not", async () => {
    await stack.write({ resource: { aws_thing: { One: { name: "one" } } } });
    await stack.apply();
    const before = stack.attributes("aws_thing", "One");
    await stack.run("state", "rm", "aws_thing.One");
    expect(stack.state.resources).toEqual([]);

    const refused = await stack.run("import", "aws_thing.One", "two");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("No aws_thing has the id two");

    expect((await stack.run("import", "aws_thing.One", "one")).exitCode).toBe(0);
    expect(stack.attributes("aws_thing", "One")).toEqual(before);
    expect(await wouldChange()).toBe(false);
  });

  it("refuses to delete what the cloud protects, until that is switched off", async () => {
    const thing = (deletion_protection: boolean) => ({ resource: { aws_thing: { One: { name: "one", deletion_protection } } } });
    await stack.write(thing(true));
    await stack.apply();

    const refused = await stack.run("destroy", "-auto-approve");
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("It is protected from being deleted");
    expect(refused.stderr).toContain("aws_thing has deletion_protection = true");
    expect(stack.attributes("aws_thing", "One").name).toBe("one");

    await stack.write(thing(false));
    expect(await stack.apply()).toContain("0 added, 1 changed, 0 destroyed");
    await stack.apply("-destroy");
    expect(stack.world.remaining("hand-written")).toEqual([]);
  });

  it("forgets the first of a tainted resource when the second is made", async () => {
    await stack.write({ resource: { aws_thing: { One: { name: "one" } } } });
    await stack.apply();
    await stack.run("taint", "aws_thing.One");
    expect(await stack.apply()).toContain("1 added, 0 changed, 1 destroyed");
    expect(stack.world.remaining("hand-written")).toEqual(["aws_thing"]);
    expect(await wouldChange()).toBe(false);
  });

  it("fails when a type has an attribute of any type, with what to do", async () => {
    await stack.write({ resource: { aws_anything: { One: { manifest: { kind: "Pod" } } } } });
    const { exitCode, stderr } = await stack.run("apply", "-auto-approve");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/aws_anything has an attribute of any type, which is not\s+simulated; use\s+a typed resource, or a chart/);
  });

  it("fails when it breaks, with what broke it", async () => {
    await stack.write({ resource: { aws_thing: { One: { name: "one" } } } });
    jest.spyOn(stack.world, "newKey").mockImplementation(() => {
      throw new Error("the world has ended");
    });
    const { exitCode, stderr } = await stack.run("apply", "-auto-approve");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("The simulated provider failed in ApplyResourceChange");
    expect(stderr).toContain("the world has ended");
  });
}
