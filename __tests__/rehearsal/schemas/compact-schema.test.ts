import { compactSchema, schemaText, typesOf, type VersionedSchema } from "../../../rehearsal/schemas/compact-schema";
import type { AttributeSchema, NestedBlockSchema, ResourceSchema } from "../../../rehearsal/schemas/provider-schema";

/** What an engine says beside the schema. */
const metadata = { description: "Long words.", description_kind: "plain", deprecated: true };

const text: AttributeSchema = { type: "string", optional: true };

function attribute(schema: AttributeSchema): AttributeSchema {
  return { ...metadata, ...schema };
}

function resource(block: ResourceSchema["block"]): ResourceSchema {
  return { version: 2, block: { ...metadata, ...block } };
}

function full(types: Partial<VersionedSchema>): VersionedSchema {
  return {
    source: "registry.terraform.io/hashicorp/sea",
    version: "1.2.3",
    provider: resource({}),
    resource_schemas: {},
    data_source_schemas: {},
    ...types,
  };
}

describe("compactSchema", () => {
  it("keeps types, flags and nesting at every depth, and drops what an engine says beside them", () => {
    const nested_type = { nesting_mode: "list", attributes: { name: attribute({ type: "string", required: true }) } } as const;
    const inner: NestedBlockSchema = {
      nesting_mode: "set",
      block: { ...metadata, attributes: { size: attribute({ type: "number", computed: true }) } },
    };
    const outer: NestedBlockSchema = { nesting_mode: "list", min_items: 1, max_items: 2, block: { ...metadata, block_types: { inner } } };
    const sea_ship = resource({
      attributes: {
        tags: attribute({ type: ["map", "string"], optional: true, computed: true }),
        secret: attribute({ type: "string", optional: true, sensitive: true, write_only: true, required: false }),
        crew: attribute({ nested_type, optional: true }),
      },
      block_types: { outer },
    });
    const compact = compactSchema(full({ resource_schemas: { sea_ship } }), ["sea_ship"]);
    expect(compact.resource_schemas).toStrictEqual({
      sea_ship: {
        version: 2,
        block: {
          attributes: {
            crew: { nested_type: { nesting_mode: "list", attributes: { name: { type: "string", required: true } } }, optional: true },
            secret: { type: "string", optional: true, sensitive: true, write_only: true },
            tags: { type: ["map", "string"], optional: true, computed: true },
          },
          block_types: {
            outer: {
              nesting_mode: "list",
              min_items: 1,
              max_items: 2,
              block: {
                block_types: { inner: { nesting_mode: "set", block: { attributes: { size: { type: "number", computed: true } } } } },
              },
            },
          },
        },
      },
    });
    expect(JSON.stringify(compact)).not.toMatch(/description|deprecated/);
  });

  it("drops statements of a firewall that hold statements, at every depth, and of no other type", () => {
    const text_block: NestedBlockSchema = { nesting_mode: "list", block: { attributes: { name: text } } };
    const statement = (block_types: Readonly<Record<string, NestedBlockSchema>>): NestedBlockSchema => ({
      nesting_mode: "list",
      block: { block_types },
    });
    const holding = { and_statement: statement({ byte_match: text_block }), not_statement: text_block, or_statement: text_block };
    const rule = statement({
      statement: statement({ rate: statement({ scope_down_statement: text_block, key: text_block }), ...holding }),
    });
    const types = { aws_wafv2_web_acl: resource({ block_types: { rule } }), sea_ship: resource({ block_types: { rule } }) };
    const { resource_schemas } = compactSchema(full({ resource_schemas: types }), Object.keys(types));
    const left = statement({ statement: statement({ rate: statement({ key: text_block }) }) });
    expect(resource_schemas.aws_wafv2_web_acl?.block).toEqual({ block_types: { rule: left } });
    expect(resource_schemas.sea_ship?.block).toEqual({ block_types: { rule } });
  });

  it("keeps attributes and blocks that are called like metadata", () => {
    const block = {
      attributes: { description: text, deprecated: text },
      block_types: { description_kind: { nesting_mode: "list", block: {} } },
    } as const;
    const { resource_schemas } = compactSchema(full({ resource_schemas: { sea_port: resource(block) } }), ["sea_port"]);
    expect(resource_schemas.sea_port?.block).toStrictEqual(block);
  });

  it("keeps the provider's own configuration, and of the types what is asked for; a data source is none of the resources", () => {
    const schema = resource({ attributes: { name: text } });
    const all = full({
      provider: resource({ attributes: { harbour: attribute(text) } }),
      resource_schemas: { sea_port: schema, sea_ship: schema },
      data_source_schemas: { sea_port: schema, sea_ship: schema },
    });
    const compact = compactSchema(all, ["data.sea_port", "sea_ship", "land_tree"]);
    expect(typesOf(compact)).toEqual(["sea_ship", "data.sea_port"]);
    expect(compact.provider).toStrictEqual({ version: 2, block: { attributes: { harbour: text } } });
  });
});

describe("schemaText", () => {
  it("has a line for each type, in an order that does not depend on the engine's", () => {
    const [a, b] = [resource({ attributes: { y: text, x: text } }), resource({ attributes: { x: text, y: text } })];
    const one = schemaText(compactSchema(full({ resource_schemas: { sea_b: a, sea_a: b } }), ["sea_a", "sea_b"]));
    expect(schemaText(compactSchema(full({ resource_schemas: { sea_a: a, sea_b: b } }), ["sea_b", "sea_a"]))).toBe(one);
    expect(one).toBe(`{
  "source": "registry.terraform.io/hashicorp/sea",
  "version": "1.2.3",
  "provider": {"version":2,"block":{}},
  "resource_schemas": {
    "sea_a": {"version":2,"block":{"attributes":{"x":{"type":"string","optional":true},"y":{"type":"string","optional":true}}}},
    "sea_b": {"version":2,"block":{"attributes":{"x":{"type":"string","optional":true},"y":{"type":"string","optional":true}}}}
  },
  "data_source_schemas": {}
}
`);
  });
});
