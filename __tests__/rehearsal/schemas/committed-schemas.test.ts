import { readFileSync, readdirSync } from "node:fs";
import { providers } from "../../../constructs/shared/providers";
import { compactSchema, schemaText, typesOf } from "../../../rehearsal/schemas/compact-schema";
import {
  committedSchema,
  committedSchemas,
  schemaFile,
  schemaFolder,
  schemaFor,
  schemaProblems,
  standsFor,
} from "../../../rehearsal/schemas/committed-schemas";
import { usedTypes } from "../../../rehearsal/schemas/used-types";

const aws = providers.aws.source;

describe("the committed schemas", () => {
  it("hold the types that the code uses, and no others", () => {
    expect(schemaProblems(usedTypes())).toEqual([]);
  });

  it("are there for every pinned provider, and for nothing else", () => {
    const files = readdirSync(schemaFolder).filter((file) => file.endsWith(".json"));
    expect(files.sort()).toEqual(Object.keys(providers).map((name) => `${name}.json`));
  });

  describe.each(Object.entries(providers))("%s", (name, provider) => {
    const schema = committedSchema(provider.source);

    it("is of a version that stands for the pinned one", () => {
      expect(schema.source).toBe(provider.source);
      expect(standsFor(schema.version, provider)).toBe(true);
    });

    it("holds nothing but what a value is checked with, in the committed form", () => {
      expect(schemaText(compactSchema(schema, typesOf(schema)))).toBe(readFileSync(schemaFile(name), "utf8"));
    });
  });
});

describe("schemaProblems", () => {
  it("fails when the code uses a type that the schemas lack", () => {
    expect(schemaProblems([...usedTypes(), "aws_glacier_vault", "data.aws_vpc"])).toEqual([
      "aws_glacier_vault is used, but not in the committed schemas: run npm run schemas",
      "data.aws_vpc is used, but not in the committed schemas: run npm run schemas",
    ]);
  });

  it("fails when the schemas hold a type that nothing uses", () => {
    expect(schemaProblems(usedTypes().filter((type) => type !== "kind_cluster"))).toEqual([
      "kind_cluster is in the committed schemas, but nothing uses it: run npm run schemas",
    ]);
  });

  it("fails when a data source has only the name of a resource type", () => {
    expect(schemaProblems(["data.aws_vpc"], [schemaFor(aws, ["aws_vpc"])])).toHaveLength(2);
  });
});

describe("schemaFor", () => {
  it("gives the types that are asked for, whole, and passes over those of other providers", () => {
    const { resource_schemas, ...rest } = schemaFor(aws, ["aws_vpc", "aws_eip", "random_password", "tls_private_key"]);
    const { resource_schemas: all, ...others } = committedSchema(aws);
    expect(resource_schemas).toEqual({ aws_eip: all.aws_eip, aws_vpc: all.aws_vpc });
    expect(resource_schemas.aws_vpc?.block.attributes?.cidr_block).toEqual({ type: "string", optional: true, computed: true });
    expect(rest).toEqual({ ...others, data_source_schemas: {} });
  });

  it("fails when a type of this provider is not committed, and names all of them", () => {
    expect(() => schemaFor(aws, ["aws_vpc", "aws_unheard_of", "data.aws_vpc"])).toThrow(
      "aws_unheard_of is used, but not in the committed schemas: run npm run schemas\n" +
        "data.aws_vpc is used, but not in the committed schemas: run npm run schemas",
    );
  });

  it("fails when there is no such provider", () => {
    expect(() => schemaFor("registry.terraform.io/hashicorp/tls", [])).toThrow("registry.terraform.io/hashicorp/tls is no provider");
  });

  it("has a schema of each provider's own configuration", () => {
    const settings = committedSchemas().map(({ provider }) => Object.keys(provider.block.attributes ?? {}));
    expect(settings.flat()).toEqual(expect.arrayContaining(["allowed_account_ids", "config_path", "experiments"]));
  });
});

describe("standsFor", () => {
  const pinned = { source: aws, version: "6.25.0" };

  it.each([
    ["6.25.0", true],
    ["6.100.0", true],
    ["6.9.0", false],
    ["5.100.0", false],
    ["60.0.0", false],
  ])("%s for 6.25.0: %s", (version, expected) => {
    expect(standsFor(version, pinned)).toBe(expected);
  });
});
