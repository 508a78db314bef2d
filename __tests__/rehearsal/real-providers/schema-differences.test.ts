import type { ProviderSchema } from "../../../rehearsal/schemas/provider-schema";
import { sameInBoth } from "../../../rehearsal/real-providers/schema-differences";

const computed = { type: "string", computed: true } as const;
const argument = { ...computed, optional: true } as const;

/** A provider's disk, with an attribute at its top, in a block and in a nested attribute. */
function disk(region: object): ProviderSchema {
  const block = {
    attributes: {
      region,
      tags: { type: ["map", "string"], optional: true },
      origin: { nested_type: { nesting_mode: "list", attributes: { region } } },
    },
    block_types: { rule: { nesting_mode: "list", block: { attributes: { region } } } },
  } as const;
  return { resource_schemas: { aws_disk: { version: 0, block } } } as unknown as ProviderSchema;
}

describe("sameInBoth", () => {
  it.each(["region", "rule.region", "origin.region"])("looks at what an attribute is for: %s", (path) => {
    expect(sameInBoth(disk(argument), disk(argument), "aws_disk", path)).toBe(true);
    expect(sameInBoth(disk(computed), disk(argument), "aws_disk", path)).toBe(false);
    expect(sameInBoth(disk({ type: "string", required: true }), disk({ type: "string" }), "aws_disk", path)).toBe(false);
  });

  it("takes a key of a map for the map, and knows nothing against a block", () => {
    expect(sameInBoth(disk(computed), disk(argument), "aws_disk", "tags.Name")).toBe(true);
    expect(sameInBoth(disk(computed), disk(argument), "aws_disk", "rule")).toBe(true);
  });
});
