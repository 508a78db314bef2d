import { Unknown, type Values } from "../../../../rehearsal/protocol/values";
import type { BlockSchema } from "../../../../rehearsal/schemas/provider-schema";
import { committedSchemas } from "../../../../rehearsal/schemas/committed-schemas";
import { SimulatedResource, type ProviderSettings } from "../../../../rehearsal/simulation/simulated-resource";

const tagging: ProviderSettings = { account: "111122223333", region: "eu-central-1", defaultTags: { Project: "ml-platform" } };

function blockOf(type: string): BlockSchema {
  const block = committedSchemas().find(({ resource_schemas }) => type in resource_schemas)?.resource_schemas[type]?.block;
  if (block === undefined) throw new Error(`the committed schemas have no ${type}`);
  return block;
}

/** A resource as the engine proposes it: what is not given is null. */
function proposed({ attributes = {}, block_types = {} }: BlockSchema, given: Values): Values {
  const nothing = [...Object.keys(attributes).map((name) => [name, null]), ...Object.keys(block_types).map((name) => [name, []])];
  return { ...(Object.fromEntries(nothing) as Values), ...given };
}

/** A resource that exists, and a plan that changes it. */
function existing(type: string, given: Values, settings = tagging) {
  const resource = new SimulatedResource(type, blockOf(type));
  const config = proposed(blockOf(type), given);
  const { planned } = resource.plan(null, config, config, settings);
  const state = resource.applied(null, planned, settings, "key");
  const change = (changes: Values, changed = settings) =>
    resource.plan(state, { ...state, ...changes }, { ...config, ...changes }, changed).planned;
  return { state, change, update: (changes: Values) => resource.applied(state, change(changes), settings, "key") };
}

describe("a resource that exists", () => {
  it("stays as it is when nothing changes", () => {
    const types = committedSchemas().flatMap(({ resource_schemas }) => Object.keys(resource_schemas));
    for (const type of types) {
      for (const settings of [tagging, { ...tagging, defaultTags: {} }]) {
        const { state, change } = existing(type, {}, settings);
        expect([type, change({})]).toStrictEqual([type, state]); // what is unknown equals {} otherwise
      }
    }
  });

  it("gets the provider's tags when only these change", () => {
    const { change } = existing("aws_vpc", { tags: { Name: "main" } });
    const defaultTags = { Project: "other" };
    expect(change({}, { ...tagging, defaultTags }).tags_all).toEqual({ Project: "other", Name: "main" });
  });

  it("has another version of a launch template after a change, but not after one of its tags", () => {
    const { state, change, update } = existing("aws_launch_template", { name: "nodes" });
    expect(change({ tags: { Name: "nodes" } }).latest_version).toBe(1);
    expect(change({ user_data: "IyEvYmluL3No" }).latest_version).toBeInstanceOf(Unknown);
    expect(update({ user_data: "IyEvYmluL3No" })).toMatchObject({ id: state.id, latest_version: 2, default_version: 2 });
  });

  it("leaves empty what its table leaves empty", () => {
    expect(existing("aws_eks_cluster", { name: "dev" }).state.cluster_id).toBeNull();
    const type = "aws_s3_bucket_lifecycle_configuration";
    const ruleBlock = blockOf(type).block_types?.rule?.block ?? {};
    const filter = proposed(ruleBlock.block_types?.filter?.block ?? {}, { prefix: "logs/" });
    const { state } = existing(type, { bucket: "logs", rule: [proposed(ruleBlock, { id: "all", filter: [filter] })] });
    expect(state.rule).toMatchObject([{ prefix: "", filter: [{ prefix: "logs/", object_size_greater_than: null }] }]);
  });
});
