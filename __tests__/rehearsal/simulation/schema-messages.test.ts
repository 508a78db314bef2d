import { encodedSchema, providerService } from "../../../rehearsal/protocol/provider-service";
import type { ProviderSchema } from "../../../rehearsal/schemas/provider-schema";
import { committedSchemas } from "../../../rehearsal/schemas/committed-schemas";
import { schemaMessage } from "../../../rehearsal/simulation/schema-messages";

const schema: ProviderSchema = {
  provider: { version: 0, block: { attributes: { region: { type: "string", optional: true } } } },
  resource_schemas: {
    cloud_disk: {
      version: 3,
      block: {
        attributes: {
          description: { type: "string", optional: true, computed: true },
          size: { type: "number", required: true },
          password_wo: { type: "string", optional: true, sensitive: true, write_only: true },
          tags: { type: ["map", "string"], optional: true },
          copies: { computed: true, nested_type: { nesting_mode: "list", attributes: { zone: { type: "string", computed: true } } } },
        },
        block_types: {
          rule: { nesting_mode: "set", min_items: 1, max_items: 5, block: { attributes: { id: { type: "string", computed: true } } } },
          timeouts: { nesting_mode: "single", block: {} },
        },
      },
    },
  },
  data_source_schemas: { cloud_zone: { version: 0, block: { attributes: { name: { type: "string", required: true } } } } },
};

interface Attribute {
  readonly name: string;
  readonly type: Uint8Array;
}

interface Block {
  readonly attributes: readonly Attribute[];
  readonly block_types: readonly { readonly type_name: string; readonly block: Block }[];
}

interface Message {
  readonly provider: { readonly block: Block };
  readonly resource_schemas: Readonly<Record<string, { readonly version: number; readonly block: Block }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly block: Block }>>;
  readonly server_capabilities: unknown;
}

/** A schema as an engine reads it: all that is not in the wire description is lost on the way. */
function received(sent: ProviderSchema): Message {
  const method = providerService.GetProviderSchema;
  if (method === undefined) throw new Error("the service has no GetProviderSchema");
  return method.responseDeserialize(encodedSchema(schemaMessage(sent))) as unknown as Message;
}

const flags = { required: false, optional: false, computed: false, sensitive: false, write_only: false, nested_type: null };

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

describe("schemaMessage", () => {
  const { provider, resource_schemas, data_source_schemas, server_capabilities } = received(schema);
  const disk = resource_schemas.cloud_disk;

  it("sends attributes with their types and flags", () => {
    expect(disk?.version).toBe(3);
    expect(disk?.block.attributes).toEqual([
      { ...flags, name: "description", type: json("string"), optional: true, computed: true },
      { ...flags, name: "size", type: json("number"), required: true },
      { ...flags, name: "password_wo", type: json("string"), optional: true, sensitive: true, write_only: true },
      { ...flags, name: "tags", type: json(["map", "string"]), optional: true },
      {
        ...flags,
        name: "copies",
        type: Buffer.alloc(0),
        computed: true,
        nested_type: { nesting: "LIST", attributes: [{ ...flags, name: "zone", type: json("string"), computed: true }] },
      },
    ]);
  });

  it("sends blocks with how they lie and how many there may be", () => {
    const rule = { attributes: [{ ...flags, name: "id", type: json("string"), computed: true }], block_types: [], version: 0 };
    expect(disk?.block.block_types).toEqual([
      { type_name: "rule", nesting: "SET", min_items: 1, max_items: 5, block: rule },
      { type_name: "timeouts", nesting: "SINGLE", min_items: 0, max_items: 0, block: { attributes: [], block_types: [], version: 0 } },
    ]);
  });

  it("sends the provider's own configuration and data sources, and that the engine need not ask again", () => {
    expect(provider.block.attributes.map(({ name }) => name)).toEqual(["region"]);
    expect(data_source_schemas.cloud_zone?.block.attributes.map(({ name }) => name)).toEqual(["name"]);
    expect(server_capabilities).toEqual({ get_provider_schema_optional: true });
  });

  it("sends a provider that has no configuration", () => {
    expect(received({}).provider.block).toMatchObject({ attributes: [], block_types: [] });
  });

  it("loses nothing of the committed schemas", () => {
    const names = ({ attributes, block_types }: Block): unknown => [
      attributes.map(({ name }) => name),
      block_types.map(({ type_name, block }) => [type_name, names(block)]),
    ];
    const committedNames = ({ attributes = {}, block_types = {} }: NonNullable<ProviderSchema["provider"]>["block"]): unknown => [
      Object.keys(attributes),
      Object.entries(block_types).map(([name, { block }]) => [name, committedNames(block)]),
    ];
    for (const committed of committedSchemas()) {
      const message = received(committed);
      const sent = Object.entries(message.resource_schemas).map(([type, { block }]) => [type, names(block)]);
      expect(sent).toEqual(Object.entries(committed.resource_schemas).map(([type, { block }]) => [type, committedNames(block)]));
    }
  });
});
