import type { TerraformJson } from "../../../operations/terraform-json";
import type { NestedBlockSchema, ProviderSchema } from "../../../rehearsal/schemas/provider-schema";
import { withoutUnknownArguments } from "../../../rehearsal/real-providers/unknown-arguments";

const rule: NestedBlockSchema = { nesting_mode: "list", block: { attributes: { days: {} } } };

const schema: ProviderSchema = {
  provider: { version: 0, block: { attributes: { region: {} } } },
  resource_schemas: {
    aws_bucket: {
      version: 0,
      block: {
        attributes: {
          name: {},
          tags: {},
          owner: { nested_type: { nesting_mode: "single", attributes: { id: {} } } },
          grants: { nested_type: { nesting_mode: "map", attributes: { right: {} } } },
        },
        block_types: { rule },
      },
    },
  },
  data_source_schemas: { aws_zone: { version: 0, block: { attributes: { name: {} } } } },
};

function stack(parts: Partial<TerraformJson>): TerraformJson {
  return { terraform: { backend: {}, required_providers: {} }, ...parts };
}

function bucket(values: Readonly<Record<string, unknown>>): TerraformJson {
  return stack({ resource: { aws_bucket: { Main: values } } });
}

describe("withoutUnknownArguments", () => {
  it("changes nothing that the provider knows, nor what the engine reads itself", () => {
    const json = stack({
      provider: { aws: [{ region: "eu-central-1", alias: "main" }], other: [{ colour: "blue" }] },
      resource: {
        aws_bucket: {
          Main: {
            "//": { metadata: { path: "x" } },
            name: "main",
            tags: { anything: "goes" },
            owner: { id: "1" },
            grants: { anybody: { right: "read" } },
            rule: [{ days: 1 }, { days: 2 }],
            lifecycle: { prevent_destroy: true },
            depends_on: ["aws_bucket.Other"],
          },
        },
        aws_unheard_of: { Main: { colour: "blue" } },
      },
      data: { aws_zone: { Main: { name: "a" } }, terraform_remote_state: { Other: { backend: "s3", config: {} } } },
      output: { name: { value: "main" } },
    });
    expect(withoutUnknownArguments(json, "aws", schema)).toEqual({ json, unknown: [] });
  });

  it("leaves a reference to a whole block alone", () => {
    const json = bucket({ rule: "${local.rules}" });
    expect(withoutUnknownArguments(json, "aws", schema)).toEqual({ json, unknown: [] });
  });

  it.each([
    ["an argument", bucket({ name: "main", colour: "blue" }), bucket({ name: "main" }), "colour", "blue"],
    ["a block", bucket({ paint: [{ colour: "blue" }] }), bucket({}), "paint", [{ colour: "blue" }]],
    [
      "in each of several blocks",
      bucket({ rule: [{ days: 1 }, { colour: "blue" }] }),
      bucket({ rule: [{ days: 1 }, {}] }),
      "rule.colour",
      "blue",
    ],
    ["in a single block", bucket({ rule: { colour: "blue" } }), bucket({ rule: {} }), "rule.colour", "blue"],
    ["in a nested attribute", bucket({ owner: { colour: "blue" } }), bucket({ owner: {} }), "owner.colour", "blue"],
    ["below a key", bucket({ grants: { all: { colour: "blue" } } }), bucket({ grants: { all: {} } }), "grants.colour", "blue"],
    ["of the engine's name, but in a block", bucket({ rule: { version: 1 } }), bucket({ rule: {} }), "rule.version", 1],
  ])("takes out what is unknown: %s", (_, json, expected, argument, value) => {
    expect(withoutUnknownArguments(json, "aws", schema)).toEqual({
      json: expected,
      unknown: [{ type: "aws_bucket", argument, value }],
    });
  });

  it("takes out what is unknown of data sources and of the provider's own settings", () => {
    const json = stack({ provider: { aws: [{ colour: "blue" }] }, data: { aws_zone: { Main: { colour: "red" } } } });
    expect(withoutUnknownArguments(json, "aws", schema)).toEqual({
      json: stack({ provider: { aws: [{}] }, data: { aws_zone: { Main: {} } } }),
      unknown: [
        { type: "data.aws_zone", argument: "colour", value: "red" },
        { type: "provider.aws", argument: "colour", value: "blue" },
      ],
    });
  });
});
