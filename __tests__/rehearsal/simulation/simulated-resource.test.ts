import { unknown, type Values } from "../../../rehearsal/protocol/values";
import type { AttributeSchema, BlockSchema, NestingMode } from "../../../rehearsal/schemas/provider-schema";
import { committedSchemas } from "../../../rehearsal/schemas/committed-schemas";
import { SimulatedResource, type ProviderSettings } from "../../../rehearsal/simulation/simulated-resource";

const settings: ProviderSettings = { account: "111122223333", region: "eu-central-1", defaultTags: { Project: "ml-platform" } };

const argument: AttributeSchema = { type: "string", optional: true };
const computed: AttributeSchema = { type: "string", computed: true };
const either: AttributeSchema = { type: "string", optional: true, computed: true };
const writeOnly: AttributeSchema = { type: "string", optional: true, write_only: true };

/** A type that no table knows. */
function thing(block: BlockSchema): SimulatedResource {
  return new SimulatedResource("cloud_thing", block);
}

/** A type of the committed schemas, with what the tables know of it. */
function committed(type: string): { readonly resource: SimulatedResource; readonly nothing: Values } {
  const [block] = committedSchemas().flatMap(({ resource_schemas }) => resource_schemas[type]?.block ?? []);
  if (block === undefined) throw new Error(`no committed schema has ${type}`);
  const names = [...Object.keys(block.attributes ?? {})];
  return { resource: new SimulatedResource(type, block), nothing: Object.fromEntries(names.map((name) => [name, null])) };
}

/** What exists once some arguments were planned and applied. */
function created(resource: SimulatedResource, config: Values, key = "key"): Values {
  return resource.applied(null, resource.plan(null, config, config, settings).planned, settings, key);
}

describe("a plan of a creation", () => {
  const plan = (block: BlockSchema, config: Values) => thing(block).plan(null, config, config, settings);

  it("leaves open what the provider computes, and nothing else", () => {
    const attributes = { id: computed, name: argument, zone: either, size: either };
    expect(plan({ attributes }, { id: null, name: null, zone: null, size: "large" })).toEqual({
      planned: { id: unknown, name: null, zone: unknown, size: "large" },
      replacing: [],
    });
  });

  it("keeps an argument that is known only later", () => {
    expect(plan({ attributes: { name: argument, zone: either } }, { name: unknown, zone: unknown }).planned).toEqual({
      name: unknown,
      zone: unknown,
    });
  });

  it("knows what the table says that a real provider knows", () => {
    const { resource, nothing } = committed("aws_vpc");
    const config = { ...nothing, cidr_block: "10.0.0.0/16", tags: { Name: "main" } };
    expect(resource.plan(null, config, config, settings).planned).toMatchObject({
      region: "eu-central-1",
      tags_all: { Project: "ml-platform", Name: "main" },
      cidr_block: "10.0.0.0/16",
      id: unknown,
      arn: unknown,
    });
  });

  it("leaves open what the table makes from arguments that are not known yet", () => {
    const { resource, nothing } = committed("aws_vpc");
    const config = { ...nothing, tags: unknown };
    expect(resource.plan(null, config, config, settings).planned.tags_all).toBe(unknown);
  });

  it("keeps nothing of what is only written", () => {
    expect(plan({ attributes: { password_wo: writeOnly } }, { password_wo: "secret" }).planned).toEqual({ password_wo: null });
  });

  it.each<[NestingMode, unknown, unknown]>([
    ["single", { id: null, port: "a" }, { id: unknown, port: "a" }],
    ["list", [{ id: null, port: "a" }], [{ id: unknown, port: "a" }]],
    ["set", [{ id: null, port: "a" }], [{ id: unknown, port: "a" }]],
    ["map", { x: { id: null, port: "a" } }, { x: { id: unknown, port: "a" } }],
  ])("leaves open what the provider computes in a %s of blocks, and in such an attribute", (nesting_mode, rule, planned) => {
    const attributes = { id: computed, port: argument };
    const ofBlocks = { block_types: { rule: { nesting_mode, block: { attributes } } } };
    const ofAttribute = { attributes: { rule: { optional: true, nested_type: { nesting_mode, attributes } } } };
    expect(plan(ofBlocks, { rule }).planned).toEqual({ rule: planned });
    expect(plan(ofAttribute, { rule }).planned).toEqual({ rule: planned });
  });
});

describe("a plan of a change", () => {
  it("is the prior state where nothing differs", () => {
    const { resource, nothing } = committed("aws_vpc");
    const config = { ...nothing, cidr_block: "10.0.0.0/16" };
    const prior = created(resource, config);
    expect(resource.plan(prior, prior, config, settings)).toEqual({ planned: prior, replacing: [] });
  });

  it("keeps what was computed", () => {
    const resource = thing({ attributes: { id: computed, zone: either, nothing: computed, name: argument } });
    const prior = { id: "thing-1", zone: "a", nothing: null, name: "one" };
    const plan = resource.plan(prior, { ...prior, name: "two" }, { id: null, zone: null, nothing: null, name: "two" }, settings);
    expect(plan).toEqual({ planned: { ...prior, name: "two" }, replacing: [] });
  });

  it("opens what the table says that a change renews", () => {
    const { resource, nothing } = committed("aws_launch_template");
    const config = { ...nothing, name: "nodes", image_id: "ami-1" };
    const prior = created(resource, config);
    const { planned } = resource.plan(prior, { ...prior, image_id: "ami-2" }, { ...config, image_id: "ami-2" }, settings);
    expect([prior.latest_version, planned.latest_version]).toEqual([expect.any(Number), unknown]);
    expect(planned.id).toBe(prior.id);
  });

  it("renews nothing for what is write-only, which no state can be compared with", () => {
    const block = { attributes: { id: computed, manifest: computed, name: argument, set_wo: writeOnly } };
    const resource = new SimulatedResource("helm_release", block); // the table renews its manifest
    const config = { id: null, manifest: null, name: "api", set_wo: "secret" };
    const prior = created(resource, config);
    expect(resource.plan(prior, { ...prior, set_wo: "secret" }, config, settings).planned).toEqual(prior);
    expect(resource.plan(prior, { ...prior, name: "web" }, { ...config, name: "web" }, settings).planned.manifest).toBe(unknown);
  });

  it("renews nothing for arguments that the table excepts", () => {
    const { resource, nothing } = committed("aws_launch_template");
    const config = { ...nothing, name: "nodes" };
    const prior = created(resource, config);
    const changed = { description: "of the nodes" };
    const { planned } = resource.plan(prior, { ...prior, ...changed }, { ...config, ...changed }, settings);
    expect(planned).toEqual({ ...prior, ...changed });
  });

  it("makes anew what the table makes from arguments", () => {
    const { resource, nothing } = committed("aws_vpc");
    const prior = created(resource, nothing);
    const changed = { tags: { Name: "main" } };
    const { planned } = resource.plan(prior, { ...prior, ...changed }, { ...nothing, ...changed }, settings);
    expect(planned).toEqual({ ...prior, ...changed, tags_all: { Project: "ml-platform", Name: "main" } });
  });

  it("opens what the provider computes in a new block, and keeps it in the others", () => {
    const rule = { nesting_mode: "list", block: { attributes: { id: computed, port: argument } } } as const;
    const prior = { rule: [{ id: "rule-1", port: "a" }] };
    const proposed = { rule: [...prior.rule, { id: null, port: "b" }] };
    expect(thing({ block_types: { rule } }).plan(prior, proposed, proposed, settings).planned).toEqual({
      rule: [
        { id: "rule-1", port: "a" },
        { id: unknown, port: "b" },
      ],
    });
  });

  it("names each argument once that replaces, also by what lies in it", () => {
    const { resource, nothing } = committed("aws_vpc");
    const prior = created(resource, { ...nothing, cidr_block: "10.0.0.0/16" });
    const changes = { cidr_block: "10.1.0.0/16", region: "eu-west-1", tags: { Name: "main" } };
    expect([...resource.plan(prior, { ...prior, ...changes }, { ...nothing, ...changes }, settings).replacing].sort()).toEqual([
      "cidr_block",
      "region",
    ]);

    const namespace = committed("kubernetes_namespace_v1").resource;
    const named = (name: string, labels: Values) => ({ metadata: [{ name, generate_name: `${name}-`, labels }] });
    const existing = created(namespace, named("one", {}));
    const to = (config: Values) => namespace.plan(existing, { ...existing, ...config }, config, settings).replacing;
    expect(to(named("two", {}))).toEqual(["metadata"]);
    expect(to(named("one", { team: "a" }))).toEqual([]);
  });

  it("replaces for an argument that is known only later", () => {
    const { resource, nothing } = committed("aws_vpc");
    const prior = created(resource, { ...nothing, cidr_block: "10.0.0.0/16" });
    const changed = { cidr_block: unknown };
    expect(resource.plan(prior, { ...prior, ...changed }, { ...nothing, ...changed }, settings).replacing).toEqual(["cidr_block"]);
  });
});

describe("what was applied", () => {
  it("is known wholly, and is what was planned where that was known", () => {
    const resource = thing({ attributes: { id: computed, name: argument, zone: either, none: computed } });
    const planned = { id: unknown, name: "one", zone: unknown, none: null };
    expect(resource.applied(null, planned, settings, "key")).toEqual({
      id: "one",
      name: "one",
      zone: expect.any(String) as unknown,
      none: null,
    });
  });

  it("has the values of the table, and null where the table says so", () => {
    const { resource, nothing } = committed("aws_vpc");
    expect(created(resource, nothing)).toMatchObject({
      id: expect.stringMatching(/^vpc-[0-9a-f]{17}$/) as unknown,
      arn: expect.stringMatching(/^arn:aws:ec2:eu-central-1:111122223333:vpc\/vpc-[0-9a-f]{17}$/) as unknown,
      owner_id: "111122223333",
    });

    const cluster = committed("aws_eks_cluster");
    expect(created(cluster.resource, { ...cluster.nothing, name: "dev" }).cluster_id).toBeNull();
  });

  it("has a fallback for nested attributes that no table has", () => {
    const nested = (nesting_mode: NestingMode) => ({ computed: true, nested_type: { nesting_mode, attributes: { id: computed } } });
    const attributes = { one: nested("single"), list: nested("list"), set: nested("set"), map: nested("map") };
    const nothing = { one: null, list: null, set: null, map: null };
    expect(created(thing({ attributes }), nothing)).toEqual({ one: null, list: [], set: [], map: {} });
  });

  it("keeps nothing of what is only written", () => {
    expect(thing({ attributes: { password_wo: writeOnly } }).applied(null, { password_wo: "secret" }, settings, "key")).toEqual({
      password_wo: null,
    });
  });

  it("is the same for a key in every run, and different for another key", () => {
    const { resource, nothing } = committed("random_password");
    const passwords = ["key", "key", "key-2"].map((key) => created(resource, { ...nothing, length: 20 }, key).result);
    expect(passwords[0]).toHaveLength(20);
    expect(passwords[1]).toBe(passwords[0]);
    expect(passwords[2]).not.toBe(passwords[0]);
  });

  it("tells every secret that it makes up, and no other", () => {
    const secret: AttributeSchema = { ...computed, sensitive: true };
    const block: BlockSchema = {
      attributes: {
        id: computed,
        token: secret,
        given: { ...secret, optional: true },
        pin: { type: "number", computed: true, sensitive: true },
      },
      block_types: { user: { nesting_mode: "list", block: { attributes: { password: secret } } } },
    };
    const told: (readonly [string, string])[] = [];
    const planned = { id: unknown, token: unknown, given: "mine", pin: unknown, user: [{ password: unknown }] };
    const { token, user } = thing(block).applied(null, planned, settings, "key", (...one) => told.push(one));
    expect(told).toEqual([
      ["token", expect.stringMatching(/^canary[0-9a-f]{12}$/)],
      ["user.password", expect.stringMatching(/^canary[0-9a-f]{12}$/)],
    ]);
    expect([token, user]).toEqual([told[0]?.[1], [{ password: told[1]?.[1] }]]);
    expect(told[0]?.[1]).not.toBe(told[1]?.[1]);
  });

  it("keeps what it was before where a change renews it", () => {
    const { resource, nothing } = committed("aws_launch_template");
    const config = { ...nothing, name: "nodes", image_id: "ami-1" };
    const prior = created(resource, config);
    const changed = { ...config, image_id: "ami-2" };
    const { planned } = resource.plan(prior, { ...prior, image_id: "ami-2" }, changed, settings);
    const after = resource.applied(prior, planned, settings, "key");
    expect([prior.latest_version, after.latest_version]).toEqual([1, 2]);
  });
});
